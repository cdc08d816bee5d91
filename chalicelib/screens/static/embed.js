import"./assets/chunk-MMQZI2QH.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-WU6WQRTM.js";
