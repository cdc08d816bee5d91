import"./assets/chunk-TOIEKYGG.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-U3VSTOES.js";
