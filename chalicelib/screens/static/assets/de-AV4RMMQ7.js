import{a as o}from"./chunk-SULLH6G2.js";import"./chunk-TMRNBLX7.js";var e=o;export{e as de};
