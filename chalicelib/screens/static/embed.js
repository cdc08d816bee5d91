import"./assets/chunk-J23SSF5S.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-W5K3HYBV.js";
