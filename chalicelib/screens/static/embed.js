import"./assets/chunk-YPVGT726.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-EYSJIFCS.js";
