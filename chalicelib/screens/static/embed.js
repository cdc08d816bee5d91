import"./assets/chunk-3GPCNNVI.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-OGSSNEGF.js";
