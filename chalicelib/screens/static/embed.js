import"./assets/chunk-IBPKZ7J4.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-ILGD6VEK.js";
