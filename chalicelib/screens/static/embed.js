import"./assets/chunk-YJP77ZQ4.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-EBB4EGJS.js";
