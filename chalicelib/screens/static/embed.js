import"./assets/chunk-GKT3L5TQ.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-UZXXP3EN.js";
