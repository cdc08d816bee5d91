import"./assets/chunk-ZPNRKQRT.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-TOYWGJYQ.js";
