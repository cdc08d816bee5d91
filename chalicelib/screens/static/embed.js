import"./assets/chunk-MVFQ3CK3.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-NBYU3HRR.js";
