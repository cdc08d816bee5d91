import"./assets/chunk-RDCNGKPR.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-KIQ4DRLL.js";
