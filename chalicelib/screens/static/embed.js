import"./assets/chunk-P57ZMHHI.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-S3AXQIJW.js";
