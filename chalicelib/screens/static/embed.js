import"./assets/chunk-7YZUFLMV.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-4PMAJSO5.js";
