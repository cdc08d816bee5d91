import"./assets/chunk-5STWRZZY.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-B5GRQ2B2.js";
