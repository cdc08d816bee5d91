import"./assets/chunk-7IBP6QZX.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-OZQQI6W2.js";
