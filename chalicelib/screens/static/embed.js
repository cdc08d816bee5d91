import"./assets/chunk-AWSA6FRQ.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-6UFCDQZR.js";
