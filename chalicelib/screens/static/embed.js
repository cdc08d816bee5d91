import"./assets/chunk-TN2GUXYN.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-L7WZTJ3I.js";
