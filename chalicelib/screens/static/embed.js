import"./assets/chunk-65UJER6D.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-S5AXSJLZ.js";
