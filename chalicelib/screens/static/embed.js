import"./assets/chunk-2ZSM45RQ.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-HYLYFPZB.js";
