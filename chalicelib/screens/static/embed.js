import"./assets/chunk-3Q4DWNI3.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-KPPJKOZH.js";
