import"./assets/chunk-FCU7BAHS.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-73IV7RZY.js";
