import"./assets/chunk-54OY2XGQ.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-ONJ54WVQ.js";
