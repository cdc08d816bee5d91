import"./assets/chunk-J7OOR2RG.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-ZOFU4T7X.js";
