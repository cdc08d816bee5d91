import"./assets/chunk-JTARMI5X.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-C2UIHZ2Q.js";
