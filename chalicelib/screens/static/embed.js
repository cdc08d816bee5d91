import"./assets/chunk-ULCCQT2O.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-MU4ESNNX.js";
