import"./assets/chunk-2LUQOZJE.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-ROBSYV6Q.js";
