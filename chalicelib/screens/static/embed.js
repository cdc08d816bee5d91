import"./assets/chunk-7Z3NIKFM.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-SUIRA66A.js";
