import"./assets/chunk-IJORPZCZ.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-JSJRPYQV.js";
