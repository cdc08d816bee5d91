import"./assets/chunk-5WYZ46TY.js";
import"./assets/chunk-TMRNBLX7.js";
export*from"./assets/embed-ET6GJB7L.js";
