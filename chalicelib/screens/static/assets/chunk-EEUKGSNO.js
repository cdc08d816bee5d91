import{a as f,b as y,c as x,d as j,e as g}from"./chunk-ZORKPPHW.js";var He=globalThis,Le=He.ShadowRoot&&(He.ShadyCSS===void 0||He.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Ye=Symbol(),yt=new WeakMap,ke=class{constructor(t,e,s){if(this._$cssResult$=!0,s!==Ye)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o,e=this.t;if(Le&&t===void 0){let s=e!==void 0&&e.length===1;s&&(t=yt.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),s&&yt.set(e,t))}return t}toString(){return this.cssText}},xt=i=>new ke(typeof i=="string"?i:i+"",void 0,Ye),S=(i,...t)=>{let e=i.length===1?i[0]:t.reduce((s,r,n)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+i[n+1],i[0]);return new ke(e,i,Ye)},$t=(i,t)=>{if(Le)i.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of t){let s=document.createElement("style"),r=He.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=e.cssText,i.appendChild(s)}},Je=Le?i=>i:i=>i instanceof CSSStyleSheet?(t=>{let e="";for(let s of t.cssRules)e+=s.cssText;return xt(e)})(i):i;var{is:_s,defineProperty:Ss,getOwnPropertyDescriptor:As,getOwnPropertyNames:Es,getOwnPropertySymbols:Rs,getPrototypeOf:Cs}=Object,je=globalThis,wt=je.trustedTypes,Ps=wt?wt.emptyScript:"",Ms=je.reactiveElementPolyfillSupport,Te=(i,t)=>i,_e={toAttribute(i,t){switch(t){case Boolean:i=i?Ps:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,t){let e=i;switch(t){case Boolean:e=i!==null;break;case Number:e=i===null?null:Number(i);break;case Object:case Array:try{e=JSON.parse(i)}catch{e=null}}return e}},Fe=(i,t)=>!_s(i,t),kt={attribute:!0,type:String,converter:_e,reflect:!1,useDefault:!1,hasChanged:Fe};Symbol.metadata??=Symbol("metadata"),je.litPropertyMetadata??=new WeakMap;var X=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=kt){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(t,s,e);r!==void 0&&Ss(this.prototype,t,r)}}static getPropertyDescriptor(t,e,s){let{get:r,set:n}=As(this.prototype,t)??{get(){return this[e]},set(o){this[e]=o}};return{get:r,set(o){let d=r?.call(this);n?.call(this,o),this.requestUpdate(t,d,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??kt}static _$Ei(){if(this.hasOwnProperty(Te("elementProperties")))return;let t=Cs(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(Te("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(Te("properties"))){let e=this.properties,s=[...Es(e),...Rs(e)];for(let r of s)this.createProperty(r,e[r])}let t=this[Symbol.metadata];if(t!==null){let e=litPropertyMetadata.get(t);if(e!==void 0)for(let[s,r]of e)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[e,s]of this.elementProperties){let r=this._$Eu(e,s);r!==void 0&&this._$Eh.set(r,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){let e=[];if(Array.isArray(t)){let s=new Set(t.flat(1/0).reverse());for(let r of s)e.unshift(Je(r))}else t!==void 0&&e.push(Je(t));return e}static _$Eu(t,e){let s=e.attribute;return s===!1?void 0:typeof s=="string"?s:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){let t=new Map,e=this.constructor.elementProperties;for(let s of e.keys())this.hasOwnProperty(s)&&(t.set(s,this[s]),delete this[s]);t.size>0&&(this._$Ep=t)}createRenderRoot(){let t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return $t(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,s){this._$AK(t,s)}_$ET(t,e){let s=this.constructor.elementProperties.get(t),r=this.constructor._$Eu(t,s);if(r!==void 0&&s.reflect===!0){let n=(s.converter?.toAttribute!==void 0?s.converter:_e).toAttribute(e,s.type);this._$Em=t,n==null?this.removeAttribute(r):this.setAttribute(r,n),this._$Em=null}}_$AK(t,e){let s=this.constructor,r=s._$Eh.get(t);if(r!==void 0&&this._$Em!==r){let n=s.getPropertyOptions(r),o=typeof n.converter=="function"?{fromAttribute:n.converter}:n.converter?.fromAttribute!==void 0?n.converter:_e;this._$Em=r;let d=o.fromAttribute(e,n.type);this[r]=d??this._$Ej?.get(r)??d,this._$Em=null}}requestUpdate(t,e,s,r=!1,n){if(t!==void 0){let o=this.constructor;if(r===!1&&(n=this[t]),s??=o.getPropertyOptions(t),!((s.hasChanged??Fe)(n,e)||s.useDefault&&s.reflect&&n===this._$Ej?.get(t)&&!this.hasAttribute(o._$Eu(t,s))))return;this.C(t,e,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:s,reflect:r,wrapped:n},o){s&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,o??e??this[t]),n!==!0||o!==void 0)||(this._$AL.has(t)||(this.hasUpdated||s||(e=void 0),this._$AL.set(t,e)),r===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,n]of this._$Ep)this[r]=n;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,n]of s){let{wrapped:o}=n,d=this[r];o!==!0||this._$AL.has(r)||d===void 0||this.C(r,void 0,n,d)}}let t=!1,e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(e)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};X.elementStyles=[],X.shadowRootOptions={mode:"open"},X[Te("elementProperties")]=new Map,X[Te("finalized")]=new Map,Ms?.({ReactiveElement:X}),(je.reactiveElementVersions??=[]).push("2.1.2");var it=globalThis,Tt=i=>i,De=it.trustedTypes,_t=De?De.createPolicy("lit-html",{createHTML:i=>i}):void 0,Pt="$lit$",J=`lit$${Math.random().toFixed(9).slice(2)}$`,Mt="?"+J,Os=`<${Mt}>`,ie=document,Ae=()=>ie.createComment(""),Ee=i=>i===null||typeof i!="object"&&typeof i!="function",nt=Array.isArray,Ns=i=>nt(i)||typeof i?.[Symbol.iterator]=="function",Ze=`[ 	
\f\r]`,Se=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,St=/-->/g,At=/>/g,se=RegExp(`>|${Ze}(?:([^\\s"'>=/]+)(${Ze}*=${Ze}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Et=/'/g,Rt=/"/g,Ot=/^(?:script|style|textarea|title)$/i,ot=i=>(t,...e)=>({_$litType$:i,strings:t,values:e}),a=ot(1),Nt=ot(2),hr=ot(3),ne=Symbol.for("lit-noChange"),l=Symbol.for("lit-nothing"),Ct=new WeakMap,re=ie.createTreeWalker(ie,129);function zt(i,t){if(!nt(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return _t!==void 0?_t.createHTML(t):t}var zs=(i,t)=>{let e=i.length-1,s=[],r,n=t===2?"<svg>":t===3?"<math>":"",o=Se;for(let d=0;d<e;d++){let c=i[d],h,b,m=-1,k=0;for(;k<c.length&&(o.lastIndex=k,b=o.exec(c),b!==null);)k=o.lastIndex,o===Se?b[1]==="!--"?o=St:b[1]!==void 0?o=At:b[2]!==void 0?(Ot.test(b[2])&&(r=RegExp("</"+b[2],"g")),o=se):b[3]!==void 0&&(o=se):o===se?b[0]===">"?(o=r??Se,m=-1):b[1]===void 0?m=-2:(m=o.lastIndex-b[2].length,h=b[1],o=b[3]===void 0?se:b[3]==='"'?Rt:Et):o===Rt||o===Et?o=se:o===St||o===At?o=Se:(o=se,r=void 0);let R=o===se&&i[d+1].startsWith("/>")?" ":"";n+=o===Se?c+Os:m>=0?(s.push(h),c.slice(0,m)+Pt+c.slice(m)+J+R):c+J+(m===-2?d:R)}return[zt(i,n+(i[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),s]},Re=class i{constructor({strings:t,_$litType$:e},s){let r;this.parts=[];let n=0,o=0,d=t.length-1,c=this.parts,[h,b]=zs(t,e);if(this.el=i.createElement(h,s),re.currentNode=this.el.content,e===2||e===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(r=re.nextNode())!==null&&c.length<d;){if(r.nodeType===1){if(r.hasAttributes())for(let m of r.getAttributeNames())if(m.endsWith(Pt)){let k=b[o++],R=r.getAttribute(m).split(J),U=/([.?@])?(.*)/.exec(k);c.push({type:1,index:n,name:U[2],strings:R,ctor:U[1]==="."?et:U[1]==="?"?tt:U[1]==="@"?st:pe}),r.removeAttribute(m)}else m.startsWith(J)&&(c.push({type:6,index:n}),r.removeAttribute(m));if(Ot.test(r.tagName)){let m=r.textContent.split(J),k=m.length-1;if(k>0){r.textContent=De?De.emptyScript:"";for(let R=0;R<k;R++)r.append(m[R],Ae()),re.nextNode(),c.push({type:2,index:++n});r.append(m[k],Ae())}}}else if(r.nodeType===8)if(r.data===Mt)c.push({type:2,index:n});else{let m=-1;for(;(m=r.data.indexOf(J,m+1))!==-1;)c.push({type:7,index:n}),m+=J.length-1}n++}}static createElement(t,e){let s=ie.createElement("template");return s.innerHTML=t,s}};function ce(i,t,e=i,s){if(t===ne)return t;let r=s!==void 0?e._$Co?.[s]:e._$Cl,n=Ee(t)?void 0:t._$litDirective$;return r?.constructor!==n&&(r?._$AO?.(!1),n===void 0?r=void 0:(r=new n(i),r._$AT(i,e,s)),s!==void 0?(e._$Co??=[])[s]=r:e._$Cl=r),r!==void 0&&(t=ce(i,r._$AS(i,t.values),r,s)),t}var Qe=class{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:e},parts:s}=this._$AD,r=(t?.creationScope??ie).importNode(e,!0);re.currentNode=r;let n=re.nextNode(),o=0,d=0,c=s[0];for(;c!==void 0;){if(o===c.index){let h;c.type===2?h=new Ce(n,n.nextSibling,this,t):c.type===1?h=new c.ctor(n,c.name,c.strings,this,t):c.type===6&&(h=new rt(n,this,t)),this._$AV.push(h),c=s[++d]}o!==c?.index&&(n=re.nextNode(),o++)}return re.currentNode=ie,r}p(t){let e=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(t,s,e),e+=s.strings.length-2):s._$AI(t[e])),e++}},Ce=class i{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,s,r){this.type=2,this._$AH=l,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=ce(this,t,e),Ee(t)?t===l||t==null||t===""?(this._$AH!==l&&this._$AR(),this._$AH=l):t!==this._$AH&&t!==ne&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):Ns(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==l&&Ee(this._$AH)?this._$AA.nextSibling.data=t:this.T(ie.createTextNode(t)),this._$AH=t}$(t){let{values:e,_$litType$:s}=t,r=typeof s=="number"?this._$AC(t):(s.el===void 0&&(s.el=Re.createElement(zt(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(e);else{let n=new Qe(r,this),o=n.u(this.options);n.p(e),this.T(o),this._$AH=n}}_$AC(t){let e=Ct.get(t.strings);return e===void 0&&Ct.set(t.strings,e=new Re(t)),e}k(t){nt(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,s,r=0;for(let n of t)r===e.length?e.push(s=new i(this.O(Ae()),this.O(Ae()),this,this.options)):s=e[r],s._$AI(n),r++;r<e.length&&(this._$AR(s&&s._$AB.nextSibling,r),e.length=r)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){let s=Tt(t).nextSibling;Tt(t).remove(),t=s}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}},pe=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,s,r,n){this.type=1,this._$AH=l,this._$AN=void 0,this.element=t,this.name=e,this._$AM=r,this.options=n,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=l}_$AI(t,e=this,s,r){let n=this.strings,o=!1;if(n===void 0)t=ce(this,t,e,0),o=!Ee(t)||t!==this._$AH&&t!==ne,o&&(this._$AH=t);else{let d=t,c,h;for(t=n[0],c=0;c<n.length-1;c++)h=ce(this,d[s+c],e,c),h===ne&&(h=this._$AH[c]),o||=!Ee(h)||h!==this._$AH[c],h===l?t=l:t!==l&&(t+=(h??"")+n[c+1]),this._$AH[c]=h}o&&!r&&this.j(t)}j(t){t===l?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},et=class extends pe{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===l?void 0:t}},tt=class extends pe{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==l)}},st=class extends pe{constructor(t,e,s,r,n){super(t,e,s,r,n),this.type=5}_$AI(t,e=this){if((t=ce(this,t,e,0)??l)===ne)return;let s=this._$AH,r=t===l&&s!==l||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,n=t!==l&&(s===l||r);r&&this.element.removeEventListener(this.name,this,s),n&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},rt=class{constructor(t,e,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){ce(this,t)}};var Is=it.litHtmlPolyfillSupport;Is?.(Re,Ce),(it.litHtmlVersions??=[]).push("3.3.3");var It=(i,t,e)=>{let s=e?.renderBefore??t,r=s._$litPart$;if(r===void 0){let n=e?.renderBefore??null;s._$litPart$=r=new Ce(t.insertBefore(Ae(),n),n,void 0,e??{})}return r._$AI(i),r};var at=globalThis,B=class extends X{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=It(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return ne}};B._$litElement$=!0,B.finalized=!0,at.litElementHydrateSupport?.({LitElement:B});var Us=at.litElementPolyfillSupport;Us?.({LitElement:B});(at.litElementVersions??=[]).push("4.2.2");var N=i=>(t,e)=>{e!==void 0?e.addInitializer(()=>{customElements.define(i,t)}):customElements.define(i,t)};var Hs={attribute:!0,type:String,converter:_e,reflect:!1,hasChanged:Fe},Ls=(i=Hs,t,e)=>{let{kind:s,metadata:r}=e,n=globalThis.litPropertyMetadata.get(r);if(n===void 0&&globalThis.litPropertyMetadata.set(r,n=new Map),s==="setter"&&((i=Object.create(i)).wrapped=!0),n.set(e.name,i),s==="accessor"){let{name:o}=e;return{set(d){let c=t.get.call(this);t.set.call(this,d),this.requestUpdate(o,c,i,!0,d)},init(d){return d!==void 0&&this.C(o,void 0,i,d),d}}}if(s==="setter"){let{name:o}=e;return function(d){let c=this[o];t.call(this,d),this.requestUpdate(o,c,i,!0,d)}}throw Error("Unsupported decorator location: "+s)};function $(i){return(t,e)=>typeof e=="object"?Ls(i,t,e):((s,r,n)=>{let o=r.hasOwnProperty(n);return r.constructor.createProperty(n,s),o?Object.getOwnPropertyDescriptor(r,n):void 0})(i,t,e)}function P(i){return $({...i,state:!0,attribute:!1})}var oe="/storefront/v1",p="/api/v1/embed";var F=Object.freeze({orders:{list:`GET ${oe}/orders`,get:`GET ${oe}/orders/{order_number}`,cancel:`POST ${oe}/orders/{order_number}/cancel`,track:`GET ${oe}/orders/track/{token}`,requestAccessCode:`POST ${oe}/orders/access/request`,verifyAccessCode:`POST ${oe}/orders/access/verify`,getByAccessToken:`GET ${oe}/orders/access/detail`},embed:{createAutoSession:`POST ${p}/sessions/auto`,session:{get:`GET ${p}/session`},config:{get:`GET ${p}/config`},branding:{get:`GET ${p}/branding`,update:`PATCH ${p}/branding`},bridgeTypes:{list:`GET ${p}/bridge-types`},bridges:{list:`GET ${p}/bridges`,create:`POST ${p}/bridges`,update:`PATCH ${p}/bridges/{id}`,delete:`DELETE ${p}/bridges/{id}`,test:`POST ${p}/bridges/{id}/test`,sync:`POST ${p}/bridges/{id}/sync`,runs:`GET ${p}/bridges/{id}/runs`,startShopifyOAuth:`POST ${p}/bridges/shopify/oauth/start`},orders:{list:`GET ${p}/orders`,get:`GET ${p}/orders/{id}`},shipments:{list:`GET ${p}/shipments`,get:`GET ${p}/shipments/{id}`},tracking:{get:`GET ${p}/tracking/{id}`},actionRequests:{list:`GET ${p}/action-requests`,create:`POST ${p}/action-requests`,get:`GET ${p}/action-requests/{id}`,cancel:`DELETE ${p}/action-requests/{id}`},alertRules:{list:`GET ${p}/alerts/rules`,create:`POST ${p}/alerts/rules`,update:`PATCH ${p}/alerts/rules/{id}`,delete:`DELETE ${p}/alerts/rules/{id}`,test:`POST ${p}/alerts/rules/{id}/test`,deliveries:`GET ${p}/alerts/rules/{id}/deliveries`,retryDelivery:`POST ${p}/alerts/rules/{id}/deliveries/{deliveryId}/retry`,replay:`POST ${p}/alerts/rules/{id}/replay`},notifications:{list:`GET ${p}/alerts/notifications`,update:`PATCH ${p}/alerts/notifications/{id}`},webhooks:{eventTypes:`GET ${p}/webhooks/event-types`,list:`GET ${p}/webhooks`,create:`POST ${p}/webhooks`,update:`PATCH ${p}/webhooks/{id}`,delete:`DELETE ${p}/webhooks/{id}`,test:`POST ${p}/webhooks/{id}/test`,rotateSecret:`POST ${p}/webhooks/{id}/rotate-secret`,deliveries:`GET ${p}/webhooks/{id}/deliveries`,retryDelivery:`POST ${p}/webhooks/{id}/deliveries/{deliveryId}/retry`,replay:`POST ${p}/webhooks/{id}/replay`},trackingPages:{list:`GET ${p}/tracking-pages`,create:`POST ${p}/tracking-pages`,revoke:`DELETE ${p}/tracking-pages/{id}`,view:`GET ${p}/tracking-pages/view/{token}`}}}),js=new Set([F.embed.config.get,F.embed.trackingPages.view]);function ct(i){let t=String(i.baseUrl??new URL(".",import.meta.url)).replace(/\/+$/,""),e=i.fetch??globalThis.fetch.bind(globalThis),s=i.customerToken??null,r=he(i.sessionToken??null),n=i.fetchSession?()=>ws(i.fetchSession):null,o=n,d=null,c=()=>({"X-Api-Key":i.publishableKey}),h=()=>({...c(),...lt(s)}),b={list:(u={})=>H(F.orders.list,[],{query:u,headers:h()}),get:u=>H(F.orders.get,[u],{headers:h()}),cancel:u=>H(F.orders.cancel,[u],{headers:h()}),track:u=>H(F.orders.track,[u],{headers:c()}),requestAccessCode:(u,v)=>H(F.orders.requestAccessCode,[],{body:{orderNumber:u,email:v},headers:c()}),verifyAccessCode:(u,v,T)=>H(F.orders.verifyAccessCode,[],{body:{orderNumber:u,email:v,code:T},headers:c()}),getByAccessToken:u=>H(F.orders.getByAccessToken,[],{headers:{...c(),"X-Order-Access":u}})},m={...k(F.embed),async createAutoSession(u){let v={key:i.publishableKey,...u},T=async()=>{let C=await H(F.embed.createAutoSession,[],{body:v});return C.data&&(r=he(C.data.token,C.data.expiresAt)),C},L=await T();return L.data&&(o=async()=>(await T()).error),L},request:(u,v,T={})=>U(`${u} ${p}${v}`,[],T)};return{orders:b,embed:m,setCustomerToken(u){s=u},setSessionToken(u,v){u&&u===r.token?Object.assign(r,he(u,v)):r=he(u,v),o=n}};function k(u){return Object.fromEntries(Object.entries(u).map(([v,T])=>[v,typeof T=="string"?R(T):k(T)]))}function R(u){let v=u.split("{").length-1,T=u.startsWith("GET ")?"query":"body",L=js.has(u)?H:U;return(...C)=>L(u,C.slice(0,v),{[T]:C[v],...C[v+1]})}async function U(u,v,T){if(o&&r.renewAt<=Date.now()){let we=await xe();if(we&&r.expiresAt<=Date.now())return{data:null,error:we}}let L=r,C=await H(u,v,{...T,headers:lt(L.token)});if(!o||C.error?.status!==401||C.error.code==="wrong_credential")return C;let $e=r===L?await xe():null;return $e?{data:null,error:$e}:H(u,v,{...T,headers:lt(r.token)})}function xe(){return d??=o().finally(()=>{d=null}),d}async function ws(u){try{let v=await u();return r=typeof v=="string"?he(v):he(v.token,v.expiresAt),null}catch(v){return Ut({code:"SESSION_NOT_RENEWED",message:String(v?.message??v),status:0})}}async function H(u,v,{query:T,body:L,headers:C={},idempotencyKey:$e,signal:we}){try{let[Ue,ks]=u.split(" "),gt=v.map(String);if(!gt.every(Fs))return dt({code:"NOT_FOUND",message:"Nothing has this id.",status:404});let Ts=ks.replace(/\{\w+\}/g,()=>encodeURIComponent(String(gt.shift()))),bt=AbortSignal.timeout(3e4),vt=await e(t+Ts+Ds(T),{method:Ue,headers:{...C,...L===void 0?{}:{"Content-Type":"application/json"},...$e===void 0?{}:{"Idempotency-Key":$e}},body:L===void 0?void 0:JSON.stringify(L),credentials:"omit",signal:we?AbortSignal.any([we,bt]):bt});return Bs(vt,qs(await vt.text()))}catch(Ue){return dt({code:"NETWORK_ERROR",message:String(Ue?.message??Ue),status:0})}}}function he(i,t){if(!i)return{token:i,renewAt:-1/0,expiresAt:-1/0};let e=Date.parse(t)-Date.now();if(!(e>0))return{token:i,renewAt:1/0,expiresAt:1/0};let s=Date.now()+e;return{token:i,renewAt:s-Math.min(6e4,e/2),expiresAt:s}}function Fs(i){return!["",".","..","undefined","null"].includes(i)&&!new RegExp("\\p{Surrogate}","u").test(i)}function lt(i){return i?{Authorization:`Bearer ${i}`}:{}}function Ds(i){let t=Object.entries(i??{}).filter(([,e])=>e!=null);return t.length?`?${new URLSearchParams(t.map(([e,s])=>[e,String(s)]))}`:""}function qs(i){try{return JSON.parse(i)}catch{return null}}function Bs(i,t){if(i.ok&&t!==null)return typeof t=="object"&&"data"in t?{...t,error:null}:{data:t,error:null};let e=t?.error??t??{};return dt({code:e.code??"UNREADABLE_ANSWER",message:e.message??`The API responded with status ${i.status}.`,status:i.status,requestId:e.request_id??null,details:e.details??[],retryAfter:Number(i.headers.get("Retry-After"))||null})}function Ut(i){return{requestId:null,details:[],retryAfter:null,...i}}function dt(i){return{data:null,error:Ut(i)}}var Ht=/^\d{4}-\d{2}-\d{2}$/,Pe=class{#e;#t;#s;#r;#i;#o;constructor(t){this.#e=t,this.#t=new Intl.DateTimeFormat(t,{dateStyle:"medium"}),this.#s=new Intl.DateTimeFormat(t,{dateStyle:"medium",timeZone:"UTC"}),this.#r=new Intl.DateTimeFormat(t,{dateStyle:"medium",timeStyle:"short"}),this.#i=new Intl.NumberFormat(t),this.#o=new Intl.PluralRules(t)}date(t){return this.#a(Ht.test(t??"")?this.#s:this.#t,t)}dateTime(t){return this.#a(Ht.test(t??"")?this.#s:this.#r,t)}number(t){return this.#i.format(t)}money(t,e){if(t==null)return"";try{return new Intl.NumberFormat(this.#e,{style:"currency",currency:e??""}).format(t)}catch{return new Intl.NumberFormat(this.#e,{minimumFractionDigits:2}).format(t)}}plural(t,e){let s=this.#o.select(t)==="one"?e.one:e.other;return M(s,{n:this.number(t)})}country(t){return/^[A-Z]{2}$/.test(t)?new Intl.DisplayNames(this.#e,{type:"region"}).of(t)??t:t}#a(t,e){let s=e?Date.parse(e):NaN;return Number.isNaN(s)?e??"":t.format(s)}};function M(i,t){return i.replace(/\{(\w+)\}/g,(e,s)=>String(t[s]??e))}var z={language:"en",actions:{back:"Back",cancel:"Cancel",clear:"Clear filters",close:"Close",copied:"Copied",copy:"Copy",export:"Export CSV",exporting:"Exporting {n}…",filters:"Filters",next:"Next",previous:"Previous",refresh:"Refresh",retry:"Try again",stop:"Stop"},states:{loading:"Loading…",error:"This could not be loaded.",reference:"Reference: {id}",offline:"You seem to be offline.",offlineHint:"Nothing you entered is lost. It works again once you are connected.",expired:"Your session has ended.",expiredHint:"Reload the page, or open the link again. What you entered is still here until you do.",forbidden:"You have no access to this.",forbiddenHint:"Ask {name} if you need it.",featureOff:"This is not switched on.",notFound:"This is not here any more.",busy:"Too many requests. Try again in a moment.",refused:"This link belongs to another organization.",refusedHint:"Ask for a new link where you got this one.",noSession:"Open this page with the link that you were given.",noSessionHint:"For your safety the link works in one tab only, and not after a reload.",support:"your provider"},navigation:{label:"Sections",orders:"Orders",shipments:"Shipments",requests:"Requests",connect:"Connections",alerts:"Alerts",webhooks:"Webhooks",trackingPages:"Tracking pages"},list:{page:"Page {n}",total:{one:"{n} result",other:"{n} results"},totalCapped:"more than {n} results",from:"From",to:"To",all:"All",status:"Status",none:"Nothing matches these filters."},orders:{title:"Orders",search:"Order number, customer, SKU or tracking number",empty:"No orders yet",emptyHint:"Orders appear here as soon as a connected shop has some.",order:"Order",date:"Date",customer:"Customer",payment:"Payment",fulfillment:"Fulfilment",total:"Total",shipments:"Shipments",bridge:"Connection",noNumber:"No number"},order:{items:"Items",item:"Item",quantity:"Qty",price:"Price",amount:"Amount",subtotal:"Subtotal",shipping:"Shipping",tax:"Tax",discount:"Discount",total:"Total",noItems:"No items were sent with this order.",shipments:"Shipments",noShipments:"Nothing has been shipped yet.",customer:"Customer",shippingAddress:"Shipping address",billingAddress:"Billing address",sameAddress:"Same as the shipping address",noAddress:"No address",notes:"Notes",tags:"Tags",timeline:"Timeline",noTimeline:"Nothing has happened yet.",latest:"The latest {n} entries are shown.",ordered:"Ordered {date}",changed:"{from} → {to}"},shipments:{title:"Shipments",search:"Tracking or order number",empty:"No shipments yet",emptyHint:"Shipments appear here as soon as something is on its way.",number:"Tracking number",carrier:"Carrier",shipped:"Shipped",expected:"Expected",delivered:"Delivered",noNumber:"No tracking number",anyCarrier:"Any carrier"},tracking:{title:"Tracking",history:"History",noHistory:"The carrier has not reported anything yet.",service:"Service",expectedOn:"Expected {date}",deliveredOn:"Delivered {date}",progress:"Progress",steps:{label:"Label created",moving:"On its way",out:"Out for delivery",delivered:"Delivered"},order:"Open the order"},status:{pending:"Pending",confirmed:"Confirmed",processing:"Processing",partially_shipped:"Partly shipped",shipped:"Shipped",delivered:"Delivered",cancelled:"Cancelled",returned:"Returned",refunded:"Refunded",on_hold:"On hold",label_created:"Label created",picked_up:"Picked up",in_transit:"In transit",out_for_delivery:"Out for delivery",available_for_pickup:"Ready for pickup",attempt_failed:"Delivery attempt failed",exception:"Held up",unpaid:"Unpaid",paid:"Paid",partially_refunded:"Partly refunded",unfulfilled:"Unfulfilled",partially_fulfilled:"Partly fulfilled",fulfilled:"Fulfilled"}};var Lt={de:async()=>(await import("./de-RIEYH6H7.js")).de};function jt(i){return i.map(e=>e?.toLowerCase().split("-")[0]??"").find(e=>e==="en"||e in Lt)??"en"}async function Ft(i){return await Lt[i]?.().catch(()=>z)??z}var Be=class{constructor(){this.state="missing";this.info=null;this.error=null;this.offline=!1;this.texts=null;this.format=new Pe("en");this.renewals=0;this.#e=null;this.#t=null;this.#s="";this.#r=null;this.#i=new Set}#e;#t;#s;#r;#i;add(t){this.#i.add(t)}remove(t){this.#i.delete(t)}get usable(){return this.state==="ready"||this.state==="expired"?!0:this.state==="starting"&&!this.#t?.organization&&!this.#t?.publishableKey}allows(t,e){if(!this.info)return!0;let s=typeof e=="string"?[e]:e;return this.has(t)&&s.some(r=>this.info.enabledFeatures.includes(r))}has(t){let e=this.info?.scopes??[];return e.includes(t)||e.includes(t.replace(":read",":write"))}async setLanguage(t){let e=jt(t);if(e===this.#s)return;this.#s=e;let s=e==="en"?z:await Ft(e);if(e!==this.#s)return;this.texts=s;let r=t.find(n=>n?.toLowerCase().startsWith(`${e}-`));this.format=new Pe(r??e),this.#l()}get supportName(){let t=this.info?.organization.branding.company_name;return typeof t=="string"&&t.trim()?t.trim():(this.texts??z).states.support}async begin(t){let e=this.#t;if(this.#t=t,e!==null&&this.#e!==null&&e.baseUrl===t.baseUrl&&e.publishableKey===t.publishableKey&&e.externalId===t.externalId&&t.sessionToken&&t.sessionToken!==e.sessionToken)this.#e.setSessionToken(t.sessionToken);else{if(!t.sessionToken&&!t.fetchSession&&!t.publishableKey){this.#n("missing");return}this.#e=this.#o(t)}this.#r=t.sessionToken,await this.#d()}async restart(){this.#e&&await this.#d()}async call(t){let e=await t(this.#e);return this.#u(e.error),e}#o(t){return ct({baseUrl:t.baseUrl,publishableKey:t.publishableKey??void 0,sessionToken:t.sessionToken,fetchSession:t.fetchSession?()=>this.#a(t.fetchSession):void 0,...t.fetch?{fetch:t.fetch}:{}})}async#a(t){let e=await t(),s=this.#r===null;return this.#r=typeof e=="string"?e:e.token,!s&&typeof e=="string"&&queueMicrotask(()=>{this.#c()}),e}async#d(){let t=this.#e;this.#n(this.state==="expired"?"expired":"starting");let{publishableKey:e,externalId:s,userHash:r,sessionToken:n,fetchSession:o}=this.#t;if(e&&!n&&!o){let d=await t.embed.createAutoSession({externalId:s??"",userHash:r});if(t!==this.#e)return;if(d.error)return this.#h(d.error)}await this.#c()}async#c(){let t=this.#e,{data:e,error:s}=await t.embed.session.get();if(t!==this.#e)return;if(s)return this.#h(s);let r=this.#t.organization;if(r!==null&&r!==e.organization.slug){this.#e=null,this.#n("refused");return}this.#r&&t.setSessionToken(this.#r,e.expiresAt),this.info=e,this.#p()}#u(t){let e=t?.status===0&&t.code==="NETWORK_ERROR";Dt(t)?this.#n("expired",t):this.state==="expired"&&!t?this.#p():e!==this.offline&&(this.offline=e,this.#l())}#p(){this.state!=="starting"&&this.state!=="ready"&&(this.renewals+=1),this.offline=!1,this.#n("ready")}#h(t){this.offline=t.code==="NETWORK_ERROR",this.#n(Dt(t)?"expired":"failed",t)}#n(t,e=null){this.state=t,this.error=e,this.#l()}#l(){for(let t of[...this.#i])t.sessionChanged()}};function Dt(i){return i?.status===401||i?.code==="SESSION_NOT_RENEWED"}var qt=S`
  :host {
    color-scheme: light dark;
    --o-accent: var(--orderly-accent, var(--brand-accent));
    --o-fill: var(--orderly-accent, var(--brand-fill));
    --o-on-fill: var(--orderly-on-accent, var(--brand-on-fill));
    --o-tint: var(--orderly-tint, var(--brand-tint));
    --o-page: var(--orderly-background, light-dark(#f5f6f8, #0f1217));
    --o-card: var(--orderly-surface, light-dark(#ffffff, #181c23));
    --o-hover: light-dark(#f5f6f8, #1f242d);
    --o-text: var(--orderly-text, light-dark(#161a21, #ebeef2));
    --o-muted: var(--orderly-muted, light-dark(#556070, #a5afbc));
    --o-line: var(--orderly-line, light-dark(#e1e4e9, #2b313b));
    --o-field: light-dark(#858e9b, #717b8a);
    --o-good: light-dark(#0b6b4c, #63d5a9);
    --o-good-tint: light-dark(#e4f5ee, #14302a);
    --o-warn: light-dark(#864800, #f0b85a);
    --o-warn-tint: light-dark(#fdf1dc, #33291a);
    --o-bad: light-dark(#b01e2b, #ff9a9a);
    --o-bad-tint: light-dark(#fdeaea, #3a1f22);
    --o-quiet-tint: light-dark(#eceef1, #262c36);
    --o-radius: var(--orderly-radius, 8px);
    --o-shadow: 0 8px 28px -8px light-dark(#1018283d, #000000a0), 0 1px 2px light-dark(#1018281f, #00000060);
    --o-font: var(
      --orderly-font,
      -apple-system, 'Segoe UI', Roboto, system-ui, 'Helvetica Neue', Arial, sans-serif
    );
    --o-small: calc(var(--orderly-font-size, 14px) * 0.9286);
    --o-body: var(--orderly-font-size, 14px);
    --o-large: calc(var(--orderly-font-size, 14px) * 1.1429);
    --o-title: calc(var(--orderly-font-size, 14px) * 1.4286);
  }
`,G=S`
  :host {
    display: block;
    container-type: inline-size;
    color: var(--o-text);
    font: 400 var(--o-body) / 1.45 var(--o-font);
    text-align: start;
    overflow-wrap: anywhere;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: var(--o-title);
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.01em;
  }
  h3 {
    font-size: var(--o-body);
    line-height: 1.3;
    font-weight: 650;
  }
  svg {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .muted {
    color: var(--o-muted);
  }
  .small {
    font-size: var(--o-small);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .code {
    font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Roboto Mono', monospace;
    font-size: 0.93em;
  }
  .stack {
    display: grid;
    gap: 16px;
    min-inline-size: 0;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .row > .push,
  .head > .push {
    margin-inline-start: auto;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    min-block-size: 36px;
  }

  .card {
    min-inline-size: 0;
    border: 1px solid var(--o-line);
    border-radius: calc(var(--o-radius) + 2px);
    background: var(--o-card);
  }
  .pad {
    padding: 16px;
  }
  .card > h3 {
    padding: 14px 16px 0;
  }

  :focus-visible {
    outline: 2px solid var(--o-accent);
    outline-offset: 2px;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: 36px;
    padding: 5px 12px;
    border: 1px solid var(--o-line);
    border-radius: var(--o-radius);
    background: var(--o-card);
    color: var(--o-text);
    font-weight: 550;
    line-height: 1.3;
    text-decoration: none;
    cursor: pointer;
  }
  .button:hover {
    background: var(--o-hover);
  }
  .button.primary {
    border-color: transparent;
    background: var(--o-fill);
    color: var(--o-on-fill);
  }
  .button.primary:hover {
    box-shadow: inset 0 0 0 99px light-dark(#0000001a, #ffffff1f);
  }
  .button.danger {
    color: var(--o-bad);
  }
  .button.quiet {
    border-color: transparent;
    background: none;
    color: var(--o-accent);
  }
  .button.quiet:hover {
    background: var(--o-tint);
  }
  .button.icon {
    min-inline-size: 36px;
    padding: 5px;
  }
  .button:disabled {
    opacity: 0.55;
    cursor: default;
    pointer-events: none;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--o-accent);
    font-weight: 550;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .link:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .field {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
  }
  .field > span,
  .label {
    font-size: var(--o-small);
    font-weight: 550;
  }
  .input {
    inline-size: 100%;
    min-block-size: 36px;
    padding: 6px 10px;
    border: 1px solid var(--o-field);
    border-radius: var(--o-radius);
    background: var(--o-card);
    text-overflow: ellipsis;
  }
  textarea.input {
    min-block-size: 84px;
    resize: vertical;
  }
  select.input {
    padding-inline-end: 4px;
  }
  .input::placeholder {
    color: var(--o-muted);
    opacity: 1;
  }
  .input[aria-invalid='true'] {
    border-color: var(--o-bad);
  }
  .hint {
    color: var(--o-muted);
    font-size: var(--o-small);
  }
  .problem {
    color: var(--o-bad);
    font-size: var(--o-small);
  }
  .check {
    display: flex;
    gap: 8px;
    align-items: start;
    min-block-size: 24px;
  }
  .check input {
    inline-size: 18px;
    block-size: 18px;
    margin: 1px 0 0;
    flex: none;
    accent-color: var(--o-accent);
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    padding: 1px 8px;
    border-radius: 99px;
    background: var(--o-quiet-tint);
    color: var(--o-text);
    font-size: var(--o-small);
    font-weight: 550;
    line-height: 1.5;
  }
  .badge::before {
    content: '';
    flex: none;
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: currentColor;
  }
  .badge.good {
    background: var(--o-good-tint);
    color: var(--o-good);
  }
  .badge.warn {
    background: var(--o-warn-tint);
    color: var(--o-warn);
  }
  .badge.bad {
    background: var(--o-bad-tint);
    color: var(--o-bad);
  }
  .badge.active {
    background: var(--o-tint);
    color: var(--o-accent);
  }

  .notice {
    display: flex;
    gap: 10px;
    align-items: start;
    padding: 10px 12px;
    border-radius: var(--o-radius);
    background: var(--o-quiet-tint);
  }
  .notice.warn {
    background: var(--o-warn-tint);
    color: var(--o-warn);
  }
  .notice.bad {
    background: var(--o-bad-tint);
    color: var(--o-bad);
  }
  .notice.good {
    background: var(--o-good-tint);
    color: var(--o-good);
  }
  .notice > :nth-child(2) {
    flex: 1;
    min-inline-size: 0;
  }

  .state {
    display: grid;
    justify-items: center;
    gap: 6px;
    padding: 40px 20px;
    text-align: center;
    text-wrap: balance;
  }
  .state svg {
    inline-size: 28px;
    block-size: 28px;
    margin-block-end: 4px;
    color: var(--o-muted);
  }
  .state strong {
    font-weight: 650;
  }
  .state p {
    max-inline-size: 44ch;
    color: var(--o-muted);
  }
  .state .button {
    margin-block-start: 10px;
  }

  .bone {
    display: block;
    block-size: 12px;
    border-radius: 6px;
    background: var(--o-quiet-tint);
    animation: pulse 1.4s ease-in-out infinite alternate;
  }
  @keyframes pulse {
    from {
      opacity: 1;
    }
    to {
      opacity: 0.5;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }

  .bones {
    display: flex;
    justify-content: space-between;
    gap: 24px;
    padding: 15px 14px;
  }
  .w1 {
    inline-size: 45%;
  }
  .w2 {
    inline-size: 60%;
  }
  .w3 {
    inline-size: 35%;
  }
  .w4 {
    inline-size: 18%;
  }

  .facts {
    display: grid;
    gap: 12px 24px;
    grid-template-columns: repeat(auto-fill, minmax(min(130px, 100%), 1fr));
  }
  .facts dt {
    color: var(--o-muted);
    font-size: var(--o-small);
  }
  .facts dd {
    font-weight: 550;
  }
`,ue=S`
  .scroll {
    position: relative;
    overflow: hidden;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  th {
    padding: 9px 12px;
    border-block-end: 1px solid var(--o-line);
    color: var(--o-muted);
    font-size: var(--o-small);
    font-weight: 550;
    text-align: start;
    white-space: nowrap;
  }
  td {
    padding: 10px 12px;
    border-block-end: 1px solid var(--o-line);
    vertical-align: top;
  }
  tr > :first-child {
    padding-inline-start: 16px;
  }
  tr > :last-child {
    padding-inline-end: 16px;
  }
  tbody tr:last-child td {
    border-block-end: 0;
  }
  tbody tr.open:hover {
    background: var(--o-hover);
    cursor: pointer;
  }
  .end {
    text-align: end;
  }
  .nowrap {
    white-space: nowrap;
  }
  td .also {
    display: block;
    color: var(--o-muted);
    font-size: var(--o-small);
  }
  .stale {
    opacity: 0.6;
  }
  .toolbar {
    display: grid;
    gap: 8px 12px;
    align-items: end;
  }
  @container (min-width: 900px) {
    .toolbar {
      grid-template-columns: minmax(260px, 2fr) minmax(0, 3fr);
    }
  }
  .search {
    position: relative;
    display: block;
  }
  .search svg {
    position: absolute;
    inset-block-start: 9px;
    inset-inline-start: 10px;
    color: var(--o-muted);
    pointer-events: none;
  }
  .search .input {
    padding-inline-start: 34px;
  }
  .fold {
    display: none;
    justify-self: start;
  }
  .others {
    display: grid;
    gap: 8px 12px;
    grid-template-columns: repeat(auto-fit, minmax(min(140px, 100%), 1fr));
  }
  @container (max-width: 620px) {
    .fold {
      display: inline-flex;
    }
    .others:not(.unfolded) {
      display: none;
    }
  }
  @container (max-width: 620px) {
    .cards table,
    .cards tbody {
      display: block;
    }
    .cards thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .cards tr {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 2px 12px;
      padding: 12px 14px;
      border-block-end: 1px solid var(--o-line);
    }
    .cards tbody tr:last-child {
      border-block-end: 0;
    }
    .cards tr > td {
      padding: 0;
      border: 0;
    }
    .cards td.first {
      grid-column: 1;
    }
    .cards td.second {
      grid-row: 1;
      grid-column: 2;
      text-align: end;
    }
    .cards td.wide {
      grid-column: 1 / -1;
    }
    .cards td.date {
      order: 1;
    }
    .cards td.end {
      order: 2;
    }
    .cards td.skip {
      display: none;
    }
    .cards td:empty {
      display: none;
    }
  }
`;var Bt=[255,255,255],Wt=[18,21,27],Gs="#2f4b7c",Ge={light:{page:"#f5f6f8",card:"#ffffff"},dark:{page:"#0f1217",card:"#181c23"}};function Kt(i){let t=me(i)??me(Gs);return{light:Ws(t),dark:Ks(t)}}function Ws(i){let t=Vt(i,Bt)>=3.1,e=t?Bt:Wt,s=me(Ge.light.card),r=Xt(i,s,.08);return{fill:Z(pt(i,[e],t?-1:1)),onFill:Z(e),accent:Z(pt(i,[me(Ge.light.page),s,r],-1)),tint:Z(r)}}function Ks(i){let t=me(Ge.dark.card),e=Xt(i,t,.16),s=pt(i,[me(Ge.dark.page),t,e],1);return{fill:Z(s),onFill:Z(Wt),accent:Z(s),tint:Z(e)}}function pt(i,t,e){let s=i;for(let r=0;Math.abs(r)<=100&&(s=Vs(i,r),!t.every(n=>Vt(s,n)>=4.5));r+=e);return s}function me(i){let t=typeof i=="string"?i.trim().toLowerCase():"";if(!/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.test(t))return null;let e=t.length>5?t.slice(1):[...t.slice(1)].map(s=>s+s).join("");return[0,2,4].map(s=>parseInt(e.slice(s,s+2),16))}function Vt(i,t){let[e,s]=[Gt(i),Gt(t)].sort((r,n)=>r-n);return(s+.05)/(e+.05)}function Gt(i){let[t,e,s]=i.map(r=>{let n=r/255;return n<=.04045?n/12.92:((n+.055)/1.055)**2.4});return .2126*t+.7152*e+.0722*s}function Xt(i,t,e){return i.map((s,r)=>Math.round(s*e+t[r]*(1-e)))}function Z(i){return`#${i.map(t=>t.toString(16).padStart(2,"0")).join("")}`}function Vs(i,t){let[e,s,r]=i.map(U=>U/255),[n,o]=[Math.min(e,s,r),Math.max(e,s,r)],d=o-n,c=Math.min(1,Math.max(0,(o+n)/2+t/100)),h=(o+n)/2,b=d===0?0:d/(1-Math.abs(2*h-1)),m=0;d!==0&&(o===e?m=((s-r)/d+6)%6:o===s?m=(r-e)/d+2:m=(e-s)/d+4);let k=b*Math.min(c,1-c),R=U=>{let xe=(U+m*2)%12;return Math.round(255*(c-k*Math.max(-1,Math.min(xe-3,9-xe,1))))};return[R(0),R(8),R(4)]}var Xs={alert:"M12 9v4m0 3.5v.01M10.3 4.2 2.6 17.5A2 2 0 0 0 4.3 20.5h15.4a2 2 0 0 0 1.7-3L13.7 4.2a2 2 0 0 0-3.4 0z",back:"M15 5l-7 7 7 7",bell:"M6 9a6 6 0 0 1 12 0c0 6 2.5 7 2.5 7h-17S6 15 6 9m4.2 11a2 2 0 0 0 3.6 0",box:"M3.5 7.5 12 3l8.5 4.5v9L12 21l-8.5-4.5zM3.5 7.5 12 12l8.5-4.5M12 12v9",check:"M5 12.5l4.5 4.5L19 7.5",clock:"M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",close:"M6 6l12 12M18 6 6 18",copy:"M9 9h10.5v11.5H9zM15 9V4H4.5v11.5H9",download:"M12 4v11m-4.5-4.5L12 15l4.5-4.5M4.5 19.5h15",filter:"M4 6h16M7 12h10M10 18h4",inbox:"M4 13.5 6.5 5h11l2.5 8.5v5.5H4zm0 0h4.5l1.5 2.5h4l1.5-2.5H20",link:"M10 14a4 4 0 0 0 6 .4l3-3a4.2 4.2 0 0 0-6-6l-1.500 1.500M14 10a4 4 0 0 0-6-.4l-3 3a4.200 4.200 0 0 0 6 6l1.500-1.500",lock:"M6 11h12v9.500H6zM8.500 11V7.500a3.500 3.500 0 0 1 7 0V11",more:"M5 12h.01M12 12h.01M19 12h.01",offline:"M4 4l16 16M8.500 15.500a5 5 0 0 1 6 0M5 12a10 10 0 0 1 4-2.400M2 8.500a15 15 0 0 1 4-2.600M14 9.300a10 10 0 0 1 5 2.700M10.500 5a15 15 0 0 1 11.500 3.500M12 19v.01",plug:"M9 3v5m6-5v5M6.500 8h11v3.500a5.500 5.500 0 0 1-11 0zM12 17v4",plus:"M12 5v14M5 12h14",search:"M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500 20.500 20.500",truck:"M2.500 6h12v10.500h-12zM14.500 10h4l3 3.500v3h-7M6.500 19.500a2 2 0 1 0 0-4 2 2 0 0 0 0 4zm11 0a2 2 0 1 0 0-4 2 2 0 0 0 0 4z"};function A(i){return a`<svg viewBox="0 0 24 24" aria-hidden="true">${Nt`<path d=${Xs[i]} />`}</svg>`}function E(i,t,e=l,s=l,r=null){return a`<div class="state" part="state" role=${r??l}>
    ${A(i)}<strong>${t}</strong>${e===l?l:a`<p>${e}</p>`}${s}
  </div>`}function We(i,t,e,s){let r=t.states,n=a`<button class="button" type="button" @click=${e}>${t.actions.retry}</button>`;if(i.status===401||i.code==="SESSION_NOT_RENEWED")return E("clock",r.expired,r.expiredHint,n,"alert");if(i.status===0)return E("offline",r.offline,r.offlineHint,n,"alert");if(i.code==="feature_disabled")return E("lock",r.featureOff,M(r.forbiddenHint,{name:s}),l,"alert");if(i.status===403)return E("lock",r.forbidden,M(r.forbiddenHint,{name:s}),l,"alert");if(i.status===404||i.status===410)return E("search",r.notFound,l,l,"alert");if(i.status===429)return E("clock",r.busy,l,n,"alert");let o=i.requestId?M(r.reference,{id:i.requestId}):l;return E("alert",r.error,o,n,"alert")}function fe(i,t){let e=["w1","w2","w3"];return a`<div class="skeleton" role="status" aria-live="polite">
    <span class="hidden">${t.states.loading}</span>
    ${Array.from({length:i},(s,r)=>a`<div class="bones"><span class="bone ${e[r%3]}"></span><span class="bone w4"></span></div>`)}
  </div>`}var Ys=new URL("..",import.meta.url).href,ge,Me,Oe,I,Yt,ht,Jt,ut,_=class extends B{constructor(){super(...arguments);x(this,I);this.baseUrl=null;this.sessionToken=null;this.publishableKey=null;this.externalId=null;this.userHash=null;this.organization=null;this.theme=null;this.lang="";this.fetchSession=null;this.fetch=null;this.session=new Be;x(this,ge,new CSSStyleSheet);x(this,Me,null);x(this,Oe,!1)}connectedCallback(){super.connectedCallback(),this.session.add(this)}disconnectedCallback(){super.disconnectedCallback(),this.session.remove(this)}createRenderRoot(){let e=super.createRenderRoot();return e instanceof ShadowRoot&&(e.adoptedStyleSheets=[y(this,ge),...e.adoptedStyleSheets]),g(this,I,ht).call(this,null),e}willUpdate(e){if(!this.hasUpdated||e.has("lang")){let r=this.parentElement?.closest("[lang]")?.lang;this.session.setLanguage([this.lang,r,...navigator.languages])}let s=["baseUrl","sessionToken","publishableKey","externalId","userHash","organization","fetchSession","fetch"];(!this.hasUpdated||s.some(r=>e.has(r)))&&this.session.begin(g(this,I,Yt).call(this))}sessionChanged(){let e=this.session.info;if(e&&g(this,I,ht).call(this,e.organization.branding.primary_color),e&&!y(this,Oe)&&(j(this,Oe,!0),this.dispatchEvent(new CustomEvent("orderly-ready",{detail:e,bubbles:!0,composed:!0}))),this.session.error&&(this.session.state==="failed"||this.session.state==="expired")){let s={component:this.localName,...this.session.error};this.dispatchEvent(new CustomEvent("orderly-error",{detail:s,bubbles:!0,composed:!0}))}this.requestUpdate()}render(){if(!this.session.texts)return l;if(y(this,I,Jt))return a`${g(this,I,ut).call(this)}`;let e=this.childElementCount?l:a`<orderly-portal></orderly-portal>`;return a`${g(this,I,ut).call(this)}${e}<slot @slotchange=${()=>this.requestUpdate()}></slot>`}};ge=new WeakMap,Me=new WeakMap,Oe=new WeakMap,I=new WeakSet,Yt=function(){let{sessionToken:e,publishableKey:s,externalId:r,userHash:n,organization:o,fetchSession:d}=this,c=new URL(this.baseUrl??Ys,document.baseURI).href,h=this.fetch&&this.fetch.bind(globalThis);return{baseUrl:c,sessionToken:e,publishableKey:s,externalId:r,userHash:n,organization:o,fetchSession:d,fetch:h}},ht=function(e){if(y(this,Me)===e&&y(this,ge).cssRules.length)return;j(this,Me,e);let{light:s,dark:r}=Kt(e),n=o=>`light-dark(${s[o]},${r[o]})`;y(this,ge).replaceSync(`:host{--brand-fill:${n("fill")};--brand-on-fill:${n("onFill")};--brand-accent:${n("accent")};--brand-tint:${n("tint")}}`)},Jt=function(){let{state:e,info:s}=this.session;return e==="refused"||e==="missing"||s===null&&(e==="expired"||e==="failed")},ut=function(){let{state:e,texts:s,error:r,info:n,offline:o}=this.session,d=(s??z).states;if(e==="missing")return l;if(e==="refused")return E("lock",d.refused,d.refusedHint,l,"alert");if(n===null&&r&&(e==="failed"||e==="expired"))return We(r,s??z,()=>{this.session.restart()},d.support);let c=e==="expired"?[d.expired,d.expiredHint]:o?[d.offline,d.offlineHint]:null;return c?a`<div class="notice warn" role="alert">
      ${A(e==="expired"?"clock":"offline")}
      <div><strong>${c[0]}</strong> ${c[1]}</div>
      <button class="button" type="button" @click=${()=>this.session.restart()}>${(s??z).actions.retry}</button>
    </div>`:l},_.styles=[qt,G,S`
      :host {
        container-type: normal;
      }
      :host([theme='light']) {
        color-scheme: light;
      }
      :host([theme='dark']) {
        color-scheme: dark;
      }
      .notice {
        margin-block-end: 12px;
      }
    `],f([$({attribute:"base-url"})],_.prototype,"baseUrl",2),f([$({attribute:"session-token"})],_.prototype,"sessionToken",2),f([$({attribute:"publishable-key"})],_.prototype,"publishableKey",2),f([$({attribute:"external-id"})],_.prototype,"externalId",2),f([$({attribute:"user-hash"})],_.prototype,"userHash",2),f([$()],_.prototype,"organization",2),f([$({reflect:!0})],_.prototype,"theme",2),f([$()],_.prototype,"lang",2),f([$({attribute:!1})],_.prototype,"fetchSession",2),f([$({attribute:!1})],_.prototype,"fetch",2),_=f([N("orderly-embed")],_);var W=class extends B{constructor(){super(...arguments);this.session=null;this.resources=new Set;this.#e=0}static{this.styles=[G,ue]}#e;get texts(){return this.session?.texts??z}get format(){return this.session.format}connectedCallback(){if(super.connectedCallback(),this.session=Js(this)?.session??null,!this.session){console.warn(`<${this.localName}> must be inside an <orderly-embed>.`);return}this.#e=this.session.renewals,this.session.add(this),this.sessionChanged()}disconnectedCallback(){super.disconnectedCallback(),this.session?.remove(this)}sessionChanged(){this.session.usable&&this.isAllowed&&(this.#e!==this.session.renewals&&this.#t(),this.#e=this.session.renewals,this.begin()),this.requestUpdate()}get isAllowed(){return this.session.allows(...this.needs)}render(){return!this.session?.texts||this.session.state==="refused"||this.session.state==="missing"?l:this.isAllowed?this.view():l}navigate(e,s=null){return this.emit("orderly-navigate",{view:e,id:s},{cancelable:!0})}emit(e,s,r={}){return this.dispatchEvent(new CustomEvent(e,{detail:s,bubbles:!0,composed:!0,...r}))}report(e){this.emit("orderly-error",{component:this.localName,...e})}problem(e){return We(e.error,this.texts,()=>{e.load()},this.session.supportName)}#t(){for(let e of this.resources)e.error&&e.load()}};function Js(i){let t=i;for(;t;){let e=t.closest("orderly-embed");if(e)return e;let s=t.getRootNode();t=s instanceof ShadowRoot?s.host:null}return null}var Q=class{constructor(t,e){this.answer=null;this.error=null;this.loading=!1;this.asked=!1;this.#s=null;this.#e=t,this.#t=e,t.resources.add(this)}#e;#t;#s;async load(){if(!this.#e.session?.usable)return;this.#s?.abort();let t=this.#s=new AbortController;this.asked=!0,this.loading=!0,this.#e.requestUpdate();let e=await this.#e.session.call(s=>this.#t(s,{signal:t.signal}));t===this.#s&&(this.#s=null,this.loading=!1,this.error=e.error,e.error===null?this.answer=e:this.#e.report(e.error),this.#e.requestUpdate())}clear(){this.#s?.abort(),this.#s=null,this.answer=this.error=null,this.loading=this.asked=!1}};var Zs={delivered:"good",fulfilled:"good",paid:"good",active:"good",approved:"good",succeeded:"good",applied:"good",processing:"active",shipped:"active",partially_shipped:"active",in_transit:"active",picked_up:"active",out_for_delivery:"active",available_for_pickup:"active",partially_fulfilled:"active",running:"active",applying:"active",on_hold:"warn",attempt_failed:"warn",unpaid:"warn",partially_refunded:"warn",paused:"warn",manual:"warn",pending_oauth:"warn",skipped:"warn",exception:"bad",error:"bad",disconnected:"bad",failed:"bad",denied:"bad"};function D(i,t){return a`<span class="badge ${Zs[i]??""}" part="badge">${O(i,t)}</span>`}function O(i,t){return Object.hasOwn(t.status,i)?t.status[i]:i.replaceAll("_"," ")}function Ke(i,t){return a`<ol class="timeline">
    ${i.map(({title:e,text:s,time:r})=>a`<li>
        <p class="what">${e}</p>
        ${s&&s!==e?a`<p class="muted">${s}</p>`:l}
        <time class="muted small" datetime=${r}>${t.dateTime(r)}</time>
      </li>`)}
  </ol>`}var Ve=S`
  .timeline {
    padding: 12px 16px 16px;
  }
  .timeline li {
    position: relative;
    padding-inline-start: 22px;
    padding-block-end: 14px;
  }
  .timeline li:last-child {
    padding-block-end: 0;
  }
  .timeline li::before {
    content: '';
    position: absolute;
    inset-block-start: 6px;
    inset-inline-start: 1px;
    inline-size: 9px;
    block-size: 9px;
    border: 2px solid var(--o-field);
    border-radius: 50%;
    background: var(--o-card);
    z-index: 1;
  }
  .timeline li:first-child::before {
    border-color: var(--o-accent);
    background: var(--o-accent);
  }
  .timeline li:not(:last-child)::after {
    content: '';
    position: absolute;
    inset-block: 8px -6px;
    inset-inline-start: 5px;
    border-inline-start: 1px solid var(--o-line);
  }
  .timeline .what {
    font-weight: 550;
  }
`;var Ne,w,Zt,Qt,es,ts,mt,ss,rs,is,Y=class extends W{constructor(){super(...arguments);x(this,w);this.needs=["orders:read","data_room"];this.orderId=null;this.back=!1;this.shipment=null;this.order=new Q(this,(e,s)=>e.embed.orders.get(this.orderId,{},s));x(this,Ne,!1)}begin(){this.orderId&&!this.order.asked&&this.order.load()}willUpdate(e){!e.has("orderId")||!this.hasUpdated||(this.order.clear(),this.shipment=null,this.session&&this.sessionChanged())}updated(){let e=this.renderRoot.querySelector("h2");this.back&&e&&!y(this,Ne)&&e.focus({preventScroll:!0}),j(this,Ne,e!==null)}view(){if(!this.orderId)return l;if(this.shipment)return a`<orderly-tracking shipment-id=${this.shipment} back @orderly-navigate=${g(this,w,is)}></orderly-tracking>`;let e=this.order.answer?.data,s=this.back?a`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${()=>this.navigate("orders")}>
          ${A("back")}
        </button>`:l;if(!e){let r=this.order.error&&!this.order.loading?this.problem(this.order):fe(6,this.texts);return a`<div class="stack"><div class="head">${s}</div><div class="card">${r}</div></div>`}return a`<article class="stack">
      <div class="head">
        ${s}
        <h2 tabindex="-1">${e.order_number??e.external_id}</h2>
        ${D(e.status,this.texts)}${D(e.payment_status,this.texts)}${D(e.fulfillment_status,this.texts)}
        <span class="muted small">${M(this.texts.order.ordered,{date:this.format.dateTime(e.ordered_at)})}</span>
      </div>
      <div class="columns">
        <div class="stack">${g(this,w,Zt).call(this,e)}${g(this,w,es).call(this,e.shipments)}</div>
        <div class="stack">${g(this,w,ts).call(this,e)}${g(this,w,ss).call(this,e.activities)}</div>
      </div>
    </article>`}};Ne=new WeakMap,w=new WeakSet,Zt=function(e){let s=this.texts.order,{totals:r}=e,n=d=>this.format.money(d,e.currency),o=[[s.subtotal,r.subtotal,""],[s.shipping,r.shipping,""],[s.tax,r.tax,""],[s.discount,r.discount?-Math.abs(r.discount):null,""],[s.total,r.total,"sum"]];return a`<section class="card">
      <h3>${s.items}</h3>
      ${e.line_items.length?g(this,w,Qt).call(this,e.line_items,e.currency):a`<p class="plain">${s.noItems}</p>`}
      <dl class="totals number">
        ${o.map(([d,c,h])=>c==null?l:a`<dt class=${h}>${d}</dt><dd class=${h}>${n(c)}</dd>`)}
      </dl>
    </section>`},Qt=function(e,s){let r=this.texts.order,n=o=>this.format.money(o,s);return a`<table role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader">${r.item}</th>
          <th role="columnheader" class="end">${r.quantity}</th>
          <th role="columnheader" class="end">${r.amount}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${e.map(({title:o,sku:d,quantity:c,price:h})=>{let b=typeof h=="number";return a`<tr role="row">
            <td role="cell">${o??d??""}${o&&d?a`<span class="also code">${d}</span>`:l}</td>
            <td role="cell" class="end number">${typeof c=="number"?this.format.number(c):""}</td>
            <td role="cell" class="end number nowrap">
              ${b?n(h*(c??1)):""}${b&&c!==1?a`<span class="also">${r.price} ${n(h)}</span>`:l}
            </td>
          </tr>`})}
      </tbody>
    </table>`},es=function(e){let s=this.texts.order;return a`<section class="card">
      <h3>${s.shipments}</h3>
      ${e.length?e.map(r=>{let n=r.tracking_number??this.texts.shipments.noNumber,o=this.session.has("tracking:read")?a`<button class="link code" type="button" @click=${()=>g(this,w,rs).call(this,r)}>${n}</button>`:a`<span class="code">${n}</span>`;return a`<div class="shipment">
              ${A("truck")}${o}<span class="muted">${r.carrier?.replaceAll("_"," ").toUpperCase()??""}</span>
              ${D(r.status,this.texts)}
            </div>`}):a`<p class="plain">${s.noShipments}</p>`}
    </section>`},ts=function(e){let s=this.texts.order,{customer:r,shipping_address:n,billing_address:o}=e,d=[r.name,r.email,r.phone].filter(Boolean).join(`
`),[c,h]=[g(this,w,mt).call(this,n),g(this,w,mt).call(this,o)],b=[[s.customer,d||null],[s.shippingAddress,c||s.noAddress],[s.billingAddress,h&&h===c?s.sameAddress:h||null],[s.notes,e.notes],[s.tags,e.tags.join(", ")||null]];return a`<section class="card">
      <dl class="pairs">
        ${b.map(([m,k])=>k?a`<div><dt>${m}</dt><dd><address>${k}</address></dd></div>`:l)}
      </dl>
    </section>`},mt=function(e){if(!e)return"";let{name:s,address1:r,address2:n,zip:o,city:d,state:c,country:h,phone:b}=e,m=[o,d,c].filter(Boolean).join(" ");return[s,r,n,m,h&&this.format.country(h),b].filter(Boolean).join(`
`)},ss=function(e){let s=this.texts.order;return a`<section class="card">
      <h3>${s.timeline}</h3>
      ${e.length?Ke(e.map(r=>({title:r.from&&r.to?M(s.changed,{from:O(r.from,this.texts),to:O(r.to,this.texts)}):r.title,text:r.description,time:r.created_at})),this.format):a`<p class="plain">${s.noTimeline}</p>`}
    </section>`},rs=function(e){this.navigate("shipment",e.id)&&(this.shipment=e.id)},is=function(e){e.detail.view==="shipments"&&(e.preventDefault(),e.stopPropagation(),this.shipment=null)},Y.styles=[G,ue,Ve,S`
      .columns {
        display: grid;
        gap: 16px;
        align-items: start;
      }
      @container (min-width: 800px) {
        .columns {
          grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr);
        }
      }
      .totals {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 4px 16px;
        padding: 12px 16px 14px;
        border-block-start: 1px solid var(--o-line);
      }
      .totals dd {
        text-align: end;
      }
      .totals .sum {
        font-weight: 650;
        font-size: var(--o-large);
      }
      .totals dt:not(.sum) {
        color: var(--o-muted);
      }
      .shipment {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        padding: 11px 16px;
        border-block-start: 1px solid var(--o-line);
      }
      .shipment .badge {
        margin-inline-start: auto;
      }
      h3 + .shipment {
        border: 0;
      }
      .plain {
        padding: 8px 16px 16px;
        color: var(--o-muted);
      }
      address {
        font-style: normal;
        white-space: pre-line;
      }
      .pairs {
        display: grid;
        gap: 14px;
        padding: 12px 16px 16px;
      }
      .pairs dt {
        color: var(--o-muted);
        font-size: var(--o-small);
      }
      h2:focus {
        outline: none;
      }
    `],f([$({attribute:"order-id"})],Y.prototype,"orderId",2),f([$({type:Boolean})],Y.prototype,"back",2),f([P()],Y.prototype,"shipment",2),Y=f([N("orderly-order")],Y);var Qs=/^[=+\-@\t\r]/;function ns(i){return i.map(t=>`${t.map(er).join(",")}\r
`).join("")}function er(i){if(typeof i=="number")return String(i);let t=i??"",e=Qs.test(t)?`'${t}`:t;return/[",\r\n]/.test(e)?`"${e.replaceAll('"','""')}"`:e}function os(i,t){let e=URL.createObjectURL(new Blob(["\uFEFF",t],{type:"text/csv;charset=utf-8"})),s=document.createElement("a");s.href=e,s.download=i,s.click(),setTimeout(()=>URL.revokeObjectURL(e),6e4)}var tr=250,sr=50,K=class extends W{constructor(){super(...arguments);this.pageSize=25;this.filters={};this.exported=null;this.unfolded=!1;this.cursors=[];this.searchTimer=0;this.exporting=null;this.page=new Q(this,(e,s)=>this.read(e,this.query(this.cursors.at(-1)),s))}begin(){this.page.asked||this.page.load()}willUpdate(e){e.has("pageSize")&&(this.pageSize=Math.min(50,Math.max(1,Math.round(this.pageSize)||25)))}get rows(){return this.page.answer?.data??[]}get isFiltered(){return Object.values(this.filters).some(Boolean)}refresh(){this.page.load()}query(e,s=this.pageSize){return{...this.sent(this.filters),limit:String(s),cursor:e}}sent(e){let{from:s,to:r,...n}=e;return{...n,from:s&&as(s,0),to:r&&as(r,1)}}filter(e){let s={...this.filters,...e};this.filters=Object.fromEntries(Object.entries(s).filter(([,r])=>r)),this.cursors=[],this.page.load()}clearFilters(){this.filters={},this.cursors=[],this.page.load()}searchField(e){return a`<label class="search">
      <span class="hidden">${e}</span>${A("search")}
      <input
        class="input"
        type="search"
        part="input"
        maxlength="100"
        placeholder=${e}
        .value=${this.filters.search??""}
        @input=${this.onSearch}
      />
    </label>`}selectField(e,s,r){return a`<label class="field">
      <span>${s}</span>
      <select
        class="input"
        part="input"
        .value=${this.filters[e]??""}
        @change=${n=>this.filter({[e]:n.target.value})}
      >
        <option value="">${this.texts.list.all}</option>
        ${r.map(([n,o])=>a`<option value=${n} ?selected=${this.filters[e]===n}>${o}</option>`)}
      </select>
    </label>`}dayField(e){return a`<label class="field">
      <span>${this.texts.list[e]}</span>
      <input
        class="input"
        part="input"
        type="date"
        .value=${this.filters[e]??""}
        min=${e==="to"&&this.filters.from||l}
        max=${e==="from"&&this.filters.to||l}
        @change=${s=>this.filter({[e]:s.target.value})}
      />
    </label>`}toolbar(e,s){let r=Object.entries(this.filters).filter(([n,o])=>n!=="search"&&o).length;return a`<div class="toolbar" role="search">
      ${e}
      <button
        class="button fold"
        type="button"
        aria-expanded=${this.unfolded}
        @click=${()=>this.unfolded=!this.unfolded}
      >
        ${A("filter")}${this.texts.actions.filters}${r?` (${r})`:""}
      </button>
      <div class="others ${this.unfolded?"unfolded":""}">${s}</div>
    </div>`}list(){let{answer:e,error:s,loading:r}=this.page;return s&&!r?a`<div class="card">${this.problem(this.page)}</div>`:e?this.rows.length?a`<div class="card scroll cards" part="list" aria-busy=${r}>
        <table role="table">
          <thead role="rowgroup">
            ${this.head()}
          </thead>
          <tbody role="rowgroup" class=${r?"stale":""}>
            ${this.rows.map(n=>this.row(n))}
          </tbody>
        </table>
      </div>
      ${this.pager(e.pagination)}`:a`<div class="card">${this.isFiltered?this.nothingMatches():this.empty()}</div>`:a`<div class="card">${fe(8,this.texts)}</div>`}nothingMatches(){let e=a`<button class="button" type="button" @click=${this.clearFilters}>${this.texts.actions.clear}</button>`;return E("search",this.texts.list.none,l,e,"status")}pager(e){let s=this.texts.list,r=e.totalCapped?M(s.totalCapped,{n:this.format.number(e.total)}):this.format.plural(e.total,s.total),n=!this.cursors.length&&!e.hasMore;return a`<nav class="row pager" aria-label=${M(s.page,{n:this.cursors.length+1})}>
      <span class="muted small" role="status">${r}</span>
      ${n?l:a`<span class="push row">
            <span class="muted small">${M(s.page,{n:this.format.number(this.cursors.length+1)})}</span>
            <button class="button" type="button" ?disabled=${!this.cursors.length} @click=${this.back}>
              ${this.texts.actions.previous}
            </button>
            <button
              class="button"
              type="button"
              ?disabled=${!e.nextCursor}
              @click=${()=>this.forward(e.nextCursor)}
            >
              ${this.texts.actions.next}
            </button>
          </span>`}
    </nav>`}back(){this.cursors.pop(),this.turn()}forward(e){this.cursors.push(e),this.turn()}async turn(){await this.page.load(),this.getBoundingClientRect().top<0&&this.scrollIntoView({block:"start"})}onSearch(e){let s=e.target.value.trim();clearTimeout(this.searchTimer),this.searchTimer=setTimeout(()=>this.filter({search:s}),tr)}exportButton(){let e=this.texts.actions;return this.exported!==null?a`<span class="row push" role="status">
        <span class="muted small">${M(e.exporting,{n:this.format.number(this.exported)})}</span>
        <button class="button" type="button" @click=${()=>this.exporting?.abort()}>${e.stop}</button>
      </span>`:a`<button class="button push" type="button" ?disabled=${!this.rows.length} @click=${this.export}>
      ${A("download")}${e.export}
    </button>`}async export(){let e=this.exporting=new AbortController,s=[],r,n=null;do{this.exported=s.length;let o=await this.session.call(d=>this.read(d,this.query(r,sr),{signal:e.signal}));if(n=o.error,o.error)break;s.push(...o.data),r=o.pagination.nextCursor??void 0}while(r&&!e.signal.aborted);if(this.exported=null,!e.signal.aborted)if(n)this.report(n);else{let o=this.csv(s);os(o.name,ns(o.rows))}}};f([$({type:Number,attribute:"page-size"})],K.prototype,"pageSize",2),f([P()],K.prototype,"filters",2),f([P()],K.prototype,"exported",2),f([P()],K.prototype,"unfolded",2);function as(i,t){let[e,s,r]=i.split("-").map(Number),n=new Date(e,s-1,r+t);return Number.isNaN(n.getTime())?i:n.toISOString()}var rr=["pending","confirmed","processing","on_hold","partially_shipped","shipped","delivered","cancelled","returned","refunded"],ze,V,ls,ds,cs,ps,ae=class extends K{constructor(){super(...arguments);x(this,V);this.needs=["orders:read","data_room"];this.opened=null;this.bridges=[];x(this,ze,!1)}begin(){super.begin(),!y(this,ze)&&this.session.info&&this.session.has("bridges:read")&&g(this,V,ls).call(this)}read(e,s,r){return e.embed.orders.list(s,r)}view(){if(this.opened)return a`<orderly-order order-id=${this.opened} back @orderly-navigate=${g(this,V,ps)}></orderly-order>`;let e=this.texts.orders;return a`<section class="stack">
      <div class="head"><h2>${e.title}</h2>${this.exportButton()}</div>
      ${this.toolbar(this.searchField(e.search),a`${this.selectField("status",this.texts.list.status,rr.map(s=>[s,O(s,this.texts)]))}
        ${this.bridges.length>1?this.selectField("bridge_id",e.bridge,this.bridges.map(({id:s,name:r})=>[s,r])):l}
        ${this.dayField("from")}${this.dayField("to")}`)}
      ${this.list()}
    </section>`}head(){let e=this.texts.orders;return a`<tr role="row">
      <th role="columnheader">${e.order}</th>
      <th role="columnheader">${e.date}</th>
      <th role="columnheader">${e.customer}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${e.shipments}</th>
      <th role="columnheader" class="end">${e.total}</th>
    </tr>`}row(e){let s=n=>g(this,V,cs).call(this,n,e),{customer:r}=e;return a`<tr role="row" class="open" @click=${s}>
      <td role="cell" class="first nowrap">
        <button class="link" type="button" id=${`o-${e.id}`}>${e.order_number??e.external_id}</button>
      </td>
      <td role="cell" class="nowrap muted date">${this.format.date(e.ordered_at)}</td>
      <td role="cell" class="wide">
        ${r.name??r.email??l}${r.name&&r.email?a`<span class="also">${r.email}</span>`:l}
      </td>
      <td role="cell" class="second">
        ${D(e.status,this.texts)}
        ${e.payment_status==="paid"?l:a`<span class="also">${O(e.payment_status,this.texts)}</span>`}
      </td>
      <td role="cell" class="skip">${g(this,V,ds).call(this,e)}</td>
      <td role="cell" class="end nowrap number">${this.format.money(e.totals.total,e.currency)}</td>
    </tr>`}empty(){return E("inbox",this.texts.orders.empty,this.texts.orders.emptyHint,l,"status")}csv(e){let s=this.texts.orders,r=[s.order,"ID",s.date,s.customer,"E-mail",this.texts.list.status,s.payment,s.fulfillment,s.total,"Currency",s.shipments],n=e.map(o=>[o.order_number,o.external_id,o.ordered_at,o.customer.name,o.customer.email,o.status,o.payment_status,o.fulfillment_status,o.totals.total,o.currency,o.shipments.map(d=>d.tracking_number??"").filter(Boolean).join(" ")]);return{name:"orders.csv",rows:[r,...n]}}};ze=new WeakMap,V=new WeakSet,ls=async function(){j(this,ze,!0);let{data:e}=await this.session.call(s=>s.embed.bridges.list());this.bridges=e??[]},ds=function(e){let[s,...r]=e.shipments;if(!s)return l;let n=r.length?` +${this.format.number(r.length)}`:"";return a`<span class="code">${s.tracking_number??s.carrier??l}</span>
      <span class="also">${O(s.status,this.texts)}${n}</span>`},cs=function(e,s){getSelection()?.toString()||(e.preventDefault(),this.navigate("order",s.id)&&(this.opened=s.id))},ps=function(e){if(e.detail.view!=="orders")return;e.preventDefault(),e.stopPropagation();let s=this.opened;this.opened=null,this.updateComplete.then(()=>this.renderRoot.querySelector(`#o-${s}`)?.focus())},f([P()],ae.prototype,"opened",2),f([P()],ae.prototype,"bridges",2),ae=f([N("orderly-orders")],ae);var hs=[{name:"orders",needs:["orders:read","data_room"],list:()=>a`<orderly-orders></orderly-orders>`,details:{order:i=>a`<orderly-order order-id=${i} back></orderly-order>`}},{name:"shipments",needs:["shipments:read","data_room"],list:()=>a`<orderly-shipments></orderly-shipments>`,details:{shipment:i=>a`<orderly-tracking shipment-id=${i} back></orderly-tracking>`}}],be,q,us,ms,fs,Xe,ft,de,le=class extends W{constructor(){super(...arguments);x(this,q);this.needs=["",[]];this.place={view:"",id:null};x(this,be,0);x(this,Xe,e=>{let{view:s,id:r}=e.detail;hs.some(n=>n.name===s||Object.hasOwn(n.details??{},s))&&(e.preventDefault(),r===null&&y(this,be)>0?history.back():g(this,q,ft).call(this,{view:s,id:r}))});x(this,de,()=>{let[,e="",s=null]=location.hash.split("/");j(this,be,Number(history.state?.orderly??0)),this.place={view:e,id:s}})}get isAllowed(){return!0}connectedCallback(){super.connectedCallback(),this.addEventListener("orderly-navigate",y(this,Xe)),window.addEventListener("popstate",y(this,de)),y(this,de).call(this)}disconnectedCallback(){super.disconnectedCallback(),window.removeEventListener("popstate",y(this,de))}begin(){}view(){let{info:e}=this.session;if(!e)return a`<div class="wrap" role="status"><span class="hidden">${this.texts.states.loading}</span></div>`;let s=hs.filter(o=>this.session.allows(...o.needs)),r=s.find(o=>g(this,q,ms).call(this,o))??s[0],n=this.place.id!==null?r?.details?.[this.place.view]?.(this.place.id):void 0;return a`${g(this,q,us).call(this)}
      <nav aria-label=${this.texts.navigation.label}>
        <div class="wrap">
          ${s.map(o=>a`<a
              href=${`#/${o.name}`}
              aria-current=${o===r?"page":l}
              @click=${d=>g(this,q,fs).call(this,d,o.name)}
              >${this.texts.navigation[o.name]}</a
            >`)}
        </div>
      </nav>
      <div class="wrap content">
        ${r?a`<div ?hidden=${n!==void 0}>${r.list()}</div>`:l}${n??l}
      </div>`}};be=new WeakMap,q=new WeakSet,us=function(){let{branding:e}=this.session.info.organization,s=typeof e.company_name=="string"?e.company_name:"",r=typeof e.logo_url=="string"&&e.logo_url.startsWith("https://")?e.logo_url:"",{name:n,externalId:o}=this.session.info.endUser;return a`<div class="band" part="header">
      <div class="wrap">
        ${r?a`<img src=${r} alt="" referrerpolicy="no-referrer" @error=${c=>c.target.remove()} />`:l}
        <span class="company">${s}</span>
        <span class="merchant">${n??o}</span>
      </div>
    </div>`},ms=function(e){return this.place.view===e.name||Object.hasOwn(e.details??{},this.place.view)},fs=function(e,s){e.preventDefault(),g(this,q,ft).call(this,{view:s,id:null})},Xe=new WeakMap,ft=function(e){history.pushState({orderly:y(this,be)+1},"",e.id===null?`#/${e.view}`:`#/${e.view}/${e.id}`),y(this,de).call(this)},de=new WeakMap,le.styles=[G,S`
      :host {
        min-block-size: 100%;
        background: var(--o-page);
      }
      .band {
        background: var(--o-fill);
        color: var(--o-on-fill);
      }
      .wrap {
        max-inline-size: 1240px;
        margin-inline: auto;
        padding-inline: 20px;
      }
      .band .wrap {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 14px;
        min-block-size: 60px;
        padding-block: 10px;
      }
      .band img {
        block-size: 36px;
        max-inline-size: 180px;
        object-fit: contain;
        padding: 4px 8px;
        border-radius: 6px;
        background: #fff;
      }
      .company {
        font-size: var(--o-large);
        font-weight: 650;
      }
      .merchant {
        margin-inline-start: auto;
      }
      nav {
        border-block-end: 1px solid var(--o-line);
        background: var(--o-card);
      }
      nav .wrap {
        display: flex;
        overflow-x: auto;
        scrollbar-width: none;
      }
      nav a {
        padding: 12px 14px;
        border-block-end: 3px solid transparent;
        color: var(--o-muted);
        font-weight: 550;
        text-decoration: none;
        white-space: nowrap;
      }
      nav a:first-child {
        margin-inline-start: -14px;
      }
      nav a:hover {
        color: var(--o-text);
      }
      nav a[aria-current] {
        border-color: var(--o-accent);
        color: var(--o-accent);
      }
      nav a:focus-visible {
        outline-offset: -3px;
      }
      .content {
        padding-block: 20px 48px;
      }
      @container (max-width: 480px) {
        .wrap {
          padding-inline: 14px;
        }
        .merchant {
          inline-size: 100%;
        }
      }
    `],f([P()],le.prototype,"place",2),le=f([N("orderly-portal")],le);var ir=["pending","label_created","picked_up","in_transit","out_for_delivery","available_for_pickup","delivered","attempt_failed","exception","returned","cancelled"],ye,gs,bs,ve=class extends K{constructor(){super(...arguments);x(this,ye);this.needs=["shipments:read","data_room"];this.opened=null}read(e,s,r){return e.embed.shipments.list(s,r)}sent(e){return e}view(){if(this.opened)return a`<orderly-tracking shipment-id=${this.opened} back @orderly-navigate=${g(this,ye,bs)}></orderly-tracking>`;let e=this.texts.shipments;return a`<section class="stack">
      <div class="head"><h2>${e.title}</h2>${this.exportButton()}</div>
      ${this.toolbar(this.searchField(e.search),a`${this.selectField("status",this.texts.list.status,ir.map(s=>[s,O(s,this.texts)]))}
          <label class="field">
            <span>${e.carrier}</span>
            <input
              class="input"
              part="input"
              maxlength="60"
              placeholder=${e.anyCarrier}
              .value=${this.filters.carrier??""}
              @change=${s=>this.filter({carrier:s.target.value.trim()})}
            />
          </label>
          ${this.dayField("from")}${this.dayField("to")}`)}
      ${this.list()}
    </section>`}head(){let e=this.texts.shipments;return a`<tr role="row">
      <th role="columnheader">${e.number}</th>
      <th role="columnheader">${e.carrier}</th>
      <th role="columnheader">${this.texts.list.status}</th>
      <th role="columnheader">${e.shipped}</th>
      <th role="columnheader">${e.expected}</th>
    </tr>`}row(e){let s=this.texts.shipments,r=e.tracking_number??s.noNumber,n=this.session.has("tracking:read"),o=e.actual_delivery;return a`<tr role="row" class=${n?"open":""} @click=${()=>n&&g(this,ye,gs).call(this,e)}>
      <td role="cell" class="first">
        ${n?a`<button class="link code" type="button" id=${`s-${e.id}`}>${r}</button>`:a`<span class="code">${r}</span>`}
      </td>
      <td role="cell" class="wide">
        ${e.carrier_name??e.carrier??l}
        ${e.service?a`<span class="also">${e.service}</span>`:l}
      </td>
      <td role="cell" class="second">${D(e.status,this.texts)}</td>
      <td role="cell" class="nowrap muted skip">${this.format.date(e.ship_date)}</td>
      <td role="cell" class="nowrap muted">
        ${o?a`${s.delivered} ${this.format.date(o)}`:this.format.date(e.estimated_delivery)}
      </td>
    </tr>`}empty(){return E("truck",this.texts.shipments.empty,this.texts.shipments.emptyHint,l,"status")}csv(e){let s=this.texts.shipments,r=[s.number,"ID",s.carrier,this.texts.tracking.service,this.texts.list.status,s.shipped,s.expected,s.delivered],n=e.map(o=>[o.tracking_number,o.external_id,o.carrier_name??o.carrier,o.service,o.status,o.ship_date,o.estimated_delivery,o.actual_delivery]);return{name:"shipments.csv",rows:[r,...n]}}};ye=new WeakSet,gs=function(e){getSelection()?.toString()||this.navigate("shipment",e.id)&&(this.opened=e.id)},bs=function(e){if(e.detail.view!=="shipments")return;e.preventDefault(),e.stopPropagation();let s=this.opened;this.opened=null,this.updateComplete.then(()=>this.renderRoot.querySelector(`#s-${s}`)?.focus())},f([P()],ve.prototype,"opened",2),ve=f([N("orderly-shipments")],ve);var nr=2e3;function vs(i,t,e=t.actions.copy){return a`<button class="button" type="button" @click=${async r=>{let n=r.currentTarget,o=n.querySelector(".words");await or(i,n)&&(o.textContent=t.actions.copied,setTimeout(()=>o.textContent=e,nr))}}>
    ${A("copy")}<span class="words" role="status" .textContent=${e}></span>
  </button>`}async function or(i,t){try{return await navigator.clipboard.writeText(i),!0}catch{let e=document.createElement("textarea");e.value=i,t.after(e),e.select();let s=document.execCommand("copy");return e.remove(),t.focus(),s}}var ar={label_created:0,picked_up:1,in_transit:1,exception:1,out_for_delivery:2,available_for_pickup:2,attempt_failed:2,delivered:3},Ie,te,ys,xs,$s,ee=class extends W{constructor(){super(...arguments);x(this,te);this.needs=["tracking:read",["data_room","branded_tracking"]];this.shipmentId=null;this.back=!1;this.tracking=new Q(this,(e,s)=>e.embed.tracking.get(this.shipmentId,{},s));x(this,Ie,!1)}begin(){this.shipmentId&&!this.tracking.asked&&this.tracking.load()}willUpdate(e){!e.has("shipmentId")||!this.hasUpdated||(this.tracking.clear(),this.session&&this.sessionChanged())}updated(){let e=this.renderRoot.querySelector("h2");this.back&&e&&!y(this,Ie)&&e.focus({preventScroll:!0}),j(this,Ie,e!==null)}view(){if(!this.shipmentId)return l;let e=this.tracking.answer?.data,s=this.back?a`<button class="button quiet icon" type="button" aria-label=${this.texts.actions.back} @click=${()=>this.navigate("shipments")}>
          ${A("back")}
        </button>`:l;if(!e){let n=this.tracking.error&&!this.tracking.loading?this.problem(this.tracking):fe(5,this.texts);return a`<div class="stack"><div class="head">${s}</div><div class="card">${n}</div></div>`}let r=e.tracking_number;return a`<article class="stack">
      <div class="head">
        ${s}
        <h2 tabindex="-1" class=${r?"code":""}>${r??this.texts.shipments.noNumber}</h2>
        ${r?vs(r,this.texts):l} ${D(e.status,this.texts)}
      </div>
      <section class="card pad stack">${g(this,te,ys).call(this,e.status)}${g(this,te,xs).call(this,e)}</section>
      <section class="card">
        <h3>${this.texts.tracking.history}</h3>
        ${g(this,te,$s).call(this,e.checkpoints)}
      </section>
    </article>`}};Ie=new WeakMap,te=new WeakSet,ys=function(e){let s=ar[e];if(s===void 0)return l;let{steps:r,progress:n}=this.texts.tracking,o=[r.label,r.moving,r.out,r.delivered],d=e==="exception"||e==="attempt_failed";return a`<ol class="steps" aria-label=${n}>
      ${o.map((c,h)=>{let b=h>s?"":h===s&&d?"done problem":"done",m=h===s&&h<3?O(e,this.texts):c;return a`<li class=${b} aria-current=${h===s?"step":l}>${m}</li>`})}
    </ol>`},xs=function(e){let s=this.texts.shipments,r=[[s.carrier,e.carrier_name??e.carrier],[this.texts.tracking.service,e.service],[s.shipped,this.format.date(e.ship_date)],e.actual_delivery?[s.delivered,this.format.dateTime(e.actual_delivery)]:[s.expected,this.format.date(e.estimated_delivery)]];return a`<dl class="facts">
      ${r.map(([n,o])=>o?a`<div><dt>${n}</dt><dd>${o}</dd></div>`:l)}
    </dl>`},$s=function(e){if(!e.length)return a`<p class="plain">${this.texts.tracking.noHistory}</p>`;let s=e.toReversed().map(r=>{let n=[r.city,r.state,r.country&&this.format.country(r.country)].filter(Boolean).join(", "),o=[r.status_detail,r.location??n].filter(Boolean).join(" · ");return{title:O(r.status,this.texts),text:o||null,time:r.checkpoint_time}});return Ke(s,this.format)},ee.styles=[G,ue,Ve,S`
      .steps {
        display: grid;
        grid-template-columns: repeat(4, 1fr);
        gap: 6px;
      }
      .steps li::before {
        content: '';
        display: block;
        margin-block-end: 6px;
        border-block-start: 5px solid var(--o-line);
        border-radius: 3px;
      }
      .steps .done::before {
        border-color: var(--o-accent);
      }
      .steps .problem::before {
        border-color: var(--o-warn);
      }
      .steps [aria-current] {
        font-weight: 650;
      }
      .steps li {
        font-size: var(--o-small);
        color: var(--o-muted);
      }
      .steps .done {
        color: var(--o-text);
      }
      h2:focus {
        outline: none;
      }
      .plain {
        padding: 8px 16px 16px;
        color: var(--o-muted);
      }
    `],f([$({attribute:"shipment-id"})],ee.prototype,"shipmentId",2),f([$({type:Boolean})],ee.prototype,"back",2),ee=f([N("orderly-tracking")],ee);export{z as a,jt as b,Ft as c,_ as d,Y as e,ae as f,le as g,ve as h,ee as i};
