import{a as Vt,c as Bt}from"./chunk-2RC6Q33W.js";import{A as Fe,B as zt,C as O,D as Ce,E as q,F as K,G as Wt,L as Kt,M as Gt,a as k,b as r,c as p,d as Mt,e as v,f as g,g as b,h as _,l as It,m as Ht,n as Ut,o as ve,p as Ft,q as T,r as D,s as M,t as Ct,u as z,v as He,w as S,x as W,y as ie,z as Ue}from"./chunk-KQZ4MOKB.js";import{a as d,b as o,c as u,d as C,e as c}from"./chunk-TMRNBLX7.js";var $t="/api/v1/embed",si={id:"",externalId:"",name:null,email:null};function Yt(a){return async(h,e)=>{let t=new URL(String(h)),s=Xt(t);return s==="/session"?wt(Qt(a(),si,[])):(s.startsWith("/~/")&&Zt(t,`/api/v1${s.slice(2)}`),fetch(t,{...e,keepalive:e?.method==="PATCH"}))}}var ii=[[/^\/(orders|shipments|tracking-pages)(\/[^/]+)?$/,"/api/v1/$1$2"],[/^\/tracking\/([^/]+)$/,"/api/v1/shipments/$1"],[/^\/(webhooks|webhooks\/[^/]+\/(deliveries|replay)|webhooks\/[^/]+\/deliveries\/[^/]+\/retry)$/,"/api/v1/$1"],[/^\/alerts\/notifications$/,"/api/v1/notifications"],[/^\/alerts\/rules$/,"/api/v1/alert-rules"],[/^\/(bridges|bridges\/[^/]+\/runs)$/,"/api/v1/$1"]];function Jt(a,h){return async(e,t)=>{let s=new URL(String(e)),i=Xt(s);if(i==="/session")return wt(Qt(a,h,ri));let[n,m]=ii.find(([f])=>f.test(i))??[];return n?(Zt(s,i.replace(n,m)),(t?.method??"GET")==="GET"&&s.searchParams.set("end_user_id",h.id),fetch(s,t)):wt({code:"not_found",message:"The console does not show this."},404)}}var ri=["bridges:read","orders:read","shipments:read","tracking:read","alerts:read","webhooks:read"],oi=["bridges","data_room","smart_alerts","end_user_webhooks","branded_tracking"];function Qt(a,h,e){return{sessionId:"",expiresAt:a.expiresAt,scopes:e,enabledFeatures:oi,allowedBridgeTypes:[],readOnly:!0,endUser:h,organization:{slug:a.slug,branding:{}}}}function Xt(a){return a.pathname.slice(a.pathname.indexOf($t)+$t.length)}function Zt(a,h){a.pathname=a.pathname.slice(0,a.pathname.indexOf($t))+h}function wt(a,h=200){let e=h<400?{data:a}:{error:a};return new Response(JSON.stringify(e),{status:h,headers:{"Content-Type":"application/json"}})}var ze=class extends EventTarget{constructor(e){super();this.pending=new Map;this.#t=new Map;this.#e=e}#e;#t;decide(e){this.pending.get(e.id)?.state!=="sending"&&(this.#i(e.id),this.pending.delete(e.id),this.pending.set(e.id,{...e,state:"waiting",secondsLeft:5e3/1e3,error:null}),this.#t.set(e.id,setInterval(()=>this.#n(e.id),1e3)),this.#s())}undo(e){let t=[...this.pending.values()].filter(({state:i})=>i==="waiting"),s=e?t.find(i=>i.id===e):t.at(-1);return s?(this.#r(s.id),s):null}dismiss(e){this.pending.get(e)?.state==="failed"&&this.#r(e)}async flush(){await Promise.all([...this.pending.values()].filter(({state:e})=>e==="waiting").map(({id:e})=>this.#o(e)))}#n(e){let t=this.pending.get(e);if(!t)return this.#i(e);t.secondsLeft-=1,t.secondsLeft<=0?this.#o(e):this.#s()}async#o(e){let t=this.pending.get(e);this.#i(e),t.state="sending",this.#s();let{status:s,note:i,application:n}=t,m={status:s,...i?{resolutionNote:i}:{},...n?{application:n}:{}},{error:f}=await this.#e.call(w=>w.embed.request("PATCH",`/action-requests/${e}/resolve`,{body:m}));if(f){t.state="failed",t.error=f,this.#s();return}this.#r(e),this.dispatchEvent(new CustomEvent("sent",{detail:t}))}#r(e){this.#i(e),this.pending.delete(e),this.#s()}#i(e){clearInterval(this.#t.get(e)),this.#t.delete(e)}#s(){this.dispatchEvent(new Event("change"))}};var xt="orderly-console";function ts(){try{let a=JSON.parse(sessionStorage.getItem(xt)??"null");return a&&Date.parse(a.expiresAt)>Date.now()?a:null}catch{return null}}function We(a){a?sessionStorage.setItem(xt,JSON.stringify(a)):sessionStorage.removeItem(xt)}async function ss(a,h,e){let t=await kt(a,"POST","/api/v1/console/sessions",h,{name:e});if(t.error)return t;let{token:s,id:i,expires_at:n,scopes:m}=t.data,f=await kt(a,"GET","/api/v1/embed/config/me",s),{slug:w,branding:F}=f.data??{slug:"",branding:{}};return{data:{token:s,id:i,name:e,expiresAt:n,scopes:m??[],slug:w,branding:F},error:null}}async function is(a,h){We(null),await kt(a,"DELETE",`/api/v1/console/sessions/${h.id}`,h.token)}async function kt(a,h,e,t,s){try{let i=await fetch(a+e,{method:h,headers:{Authorization:`Bearer ${t}`,...s?{"Content-Type":"application/json"}:{}},body:s&&JSON.stringify(s),credentials:"omit",keepalive:!0}),n=await i.json().catch(()=>null);return i.ok?{data:n?.data??n,error:null}:{data:null,error:es(i.status,n?.error)}}catch(i){return{data:null,error:es(0,{code:"NETWORK_ERROR",message:String(i)})}}}function es(a,h){let{code:e="UNREADABLE_ANSWER",message:t="",details:s=[]}=h??{};return{code:e,message:t,status:a,details:s,requestId:null,retryAfter:null}}function be(a){let[h="",e=""]=a.replace(/^#\/?/,"").split("?");return{path:h.split("/").filter(Boolean).map(ni),query:new URLSearchParams(e)}}function $(...a){return`#/${a.map(encodeURIComponent).join("/")}`}function rs(a){let h=Object.entries(a).filter(t=>!!t[1]),e=h.length?`?${new URLSearchParams(h)}`:"";history.replaceState(history.state,"",`${location.hash.split("?")[0]||"#/"}${e}`)}function ye(a){location.hash=a}function ni(a){try{return decodeURIComponent(a)}catch{return a}}var x=class extends He{constructor(){super(...arguments);this.needs=["",[]]}get isAllowed(){return!0}},J=class extends Wt{constructor(){super(...arguments);this.needs=["",[]];this.address="";this.#e=null}get isAllowed(){return!0}willUpdate(e){super.willUpdate(e),e.has("address")&&this.address!==this.#e&&this.#t()}#e;#t(){let{cursors:e,...t}=Object.fromEntries(new URLSearchParams(this.address));this.filters=t,this.cursors=e?e.split(","):[],this.#e=this.address,this.page.asked&&this.page.load()}placed(){rs({...this.filters,cursors:this.cursors.join(",")}),this.#e=be(location.hash).query.toString()}async read(e,t,s){return await e.embed.request("GET",this.path,{query:t,...s})}csv(){return{name:"",rows:[]}}};d([g()],J.prototype,"address",2);function H(...a){let h=e=>typeof e=="string"?e:r`<span class="hidden">${e.hidden}</span>`;return r`<tr role="row">${a.map(e=>r`<th role="columnheader">${h(e)}</th>`)}</tr>`}var y=[It,Ht,zt,k`
    a.link,
    td a {
      color: var(--o-accent);
      font-weight: 550;
      text-decoration: none;
    }
    td a:hover,
    a.link:hover {
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
    kbd {
      padding: 0 5px;
      border: 1px solid var(--o-line);
      border-block-end-width: 2px;
      border-radius: 4px;
      background: var(--o-page);
      color: var(--o-muted);
      font: 500 0.857em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
    }
    .pairs {
      display: grid;
      gap: 8px 16px;
      align-content: start;
      grid-template-columns: minmax(110px, max-content) minmax(0, 1fr);
    }
    .pairs dt {
      color: var(--o-muted);
    }
    .lines {
      white-space: pre-line;
    }
    @container (max-width: 420px) {
      .pairs {
        grid-template-columns: 1fr;
        gap: 0;
      }
      .pairs dd {
        margin-block-end: 8px;
      }
    }
  `];var Tt={title:"Console",skip:"Skip to the content",actions:"Actions",signIn:{title:"Sign in",key:"API key",keyHint:"It begins with oh_. The console can do what the key can, for 8 hours.",name:"Your name",nameHint:"What you do is logged with it.",submit:"Sign in",expired:"Your session has ended. Sign in again to go on where you were.",wrong:"This is not an API key of this system, or it was revoked.",out:"Sign out"},sections:{label:"Sections",overview:"Overview",queue:"Requests",merchants:"Merchants",events:"Events",settings:"Settings",access:"Access"},keys:{title:"Keys",search:"search",next:"next request",previous:"previous request",approve:"approve",deny:"deny",note:"write a note; Ctrl+Enter approves",undo:"undo the last decision",go:"then o, r, m, e, s, a: go to a section",help:"these keys",on:"React to these keys"},search:{title:"Search",label:"Order number, tracking number or e-mail",hint:"The whole number or address, over all merchants.",none:"Nothing has this number or address.",order:"Order",shipment:"Shipment",merchant:"Merchant",found:{one:"{n} result for “{q}”",other:"{n} results for “{q}”"}},overview:{title:"Overview",requests:"Open requests",exceptions:"Shipments held up",bridges:"Connections in error",webhooks:"Failing webhooks",orders:"Orders by status",shipments:"Shipments by status",none:"None yet",days:"By day",day:"Day",ordered:"Orders",shipped:"Shipped",delivered:"Delivered",late:"Late",chart:"Orders, shipped and delivered by day, from {from} to {to}. The table below has the figures.",figures:"Figures"},queue:{title:"Requests",empty:"Nothing waits for a decision",emptyHint:"Requests of merchants appear here.",order:"Order",customer:"Customer",merchant:"Merchant",asked:"Asked",expires:"Expires",reason:"Reason",changes:"Change",policy:"Policy",note:"Note to the merchant",noteHint:"Sent with your decision.",approve:"Approve",deny:"Deny",approving:"Approved",denying:"Denied",soon:"{decision}: {title}. Sent in {n} s.",sending:"Sending…",notSent:"{title} was not decided: {reason}",undo:"Undo",refund:"Also pay back what the shopper paid",notify:"Let the shop write to the shopper",decided:"Decided by {who}, {time}",answer:"Note",application:"At the shop",retry:"Try again",markDone:"Mark as done",doneNote:"What was done (optional)",deleted:"deleted",policies:{off:"Not allowed by your settings now.",auto:"Approved without you while the policy holds.",person:"Decided by a person.",window:"Within {n} minutes of the order.",until:"Until the order is “{status}”."},new:"There are newer requests.",show:"Show them"},merchants:{title:"Merchants",search:"Search by your id",empty:"No merchants yet",emptyHint:"A merchant appears once your application opens a session for them.",merchant:"Merchant",id:"Your id",email:"E-mail",connections:"Connections",since:"Since",view:"See what they see",viewHint:"Opens the portal for 15 minutes. Nothing can be changed there, and it is logged.",opened:"The portal was opened in a new tab.",blocked:"Your browser blocked the new tab. Open it here:",open:"Open the portal",tabs:{orders:"Orders",shipments:"Shipments",connections:"Connections",webhooks:"Webhooks",alerts:"Alerts",pages:"Tracking pages",sessions:"Sessions",events:"Events"},sessions:{empty:"No live sessions",emptyHint:"The merchant is not signed in anywhere.",kind:"Kind",kinds:{server:"By your server",auto:"By the browser",read_only:"Read-only"},begun:"Begun",ends:"Ends",end:"End",endAll:"End all sessions",endAllSure:"End all sessions now",ended:{one:"{n} session was ended.",other:"{n} sessions were ended."},allEnded:"All sessions were ended."}},events:{title:"Event log",empty:"Nothing has happened yet",event:"Event",about:"About",by:"By",time:"Time",type:"Type",typeHint:"order.created",details:"Details",apply:"Filter"},why:{title:"Why did it not arrive?",link:"Why did it not arrive?",hint:"What happened to order {number}, and what each webhook was told of it.",verdicts:{fine:"Everything was delivered.",none:"No webhook was told of this order: none wants its events.",failed:{one:"{n} delivery failed.",other:"{n} deliveries failed."},pending:{one:"{n} delivery waits for its next attempt.",other:"{n} deliveries wait for their next attempt."},skipped:{one:"{n} delivery was skipped.",other:"{n} deliveries were skipped."}},attempt:"Attempt {n}",receiver:"Webhook",answer:"Answer",retry:"Send again",sent:"It is sent again.",noEvents:"There are no events of this order.",noDeliveries:"Not delivered to any webhook: none wants this event.",partial:"There is more than is shown here. The webhook’s own list has all of it."},settings:{title:"Settings",brand:"Brand",company:"Company name",colour:"Brand colour",logo:"Logo (https address)",email:"E-mail for shoppers",url:"Help page",phone:"Phone for shoppers",saved:"Saved.",preview:"Preview",portal:"Portal",tracking:"Tracking page",trackingHint:"With the saved name and logo, and the colour above.",light:"Light",dark:"Dark",contrast:"White text on this colour has a contrast of {n} : 1.",contrastGood:"That is enough (4.5 : 1).",contrastAdjusted:"That is less than 4.5 : 1, so text is shown as {text} on {fill}.",badColour:"A colour such as #0f766e",policies:"Requests of merchants",policiesHint:"What merchants may ask for an order, and what needs no decision of yours.",allowed:"Allowed",auto:"Approve without asking",minutes:"Minutes since the order",until:"Until the order is",always:"Always",general:"General",slug:"Slug",origins:"Pages that may call the API and show the portal, one a line",features:"Features",featureNames:{bridges:"Connections",data_room:"Orders and shipments",action_requests:"Requests",smart_alerts:"Alerts",end_user_webhooks:"Webhooks",branded_tracking:"Tracking pages"},active:"The embed is active. Without it, merchants see nothing.",publishable:"Publishable key",choose:"Choose a colour"},access:{title:"Access",keys:"API keys",name:"Name",scopes:"May",scopeNames:{"embed:manage":"manage merchants, settings and requests","bridges:sync":"send orders and shipments","keys:manage":"manage API keys"},key:"Key",used:"Last used",never:"Never",expires:"Expires",no:"Never",create:"Create key",add:"New key",once:"This is the key. It is shown only now.",revoke:"Revoke",own:"Your own",operators:"Signed in to the console",operator:"Name",begun:"Since",until:"Until",end:"End",you:"You",noOperators:"Nobody is signed in."},nowhere:{title:"There is nothing here",hint:"The link may be old or incomplete.",back:"Back to the start"}};var os={de:async()=>(await import("./de-QZD4B52D.js")).de},l=Tt;async function ns(a){let e=a.map(s=>s.toLowerCase().split("-")[0]).find(s=>s==="en"||Object.hasOwn(os,s))??"en",t=await os[e]?.().catch(()=>null);return l=t??Tt,t?e:"en"}var ai=["embed:manage","bridges:sync","keys:manage"],P,as,ls,Rt,ds,cs,Ke,Ge,ps,us,Q=class extends x{constructor(){super(...arguments);u(this,P);this.adding=!1;this.sure=null;this.created=null;this.action=new z(this);this.keys=new S(this,(e,t)=>e.embed.request("GET",`${"/~"}/api-keys`,t));this.operators=new S(this,(e,t)=>e.embed.request("GET",`${"/~"}/console/sessions`,t));u(this,Ke,async()=>{this.adding=!0,this.created=null,this.action.clear(),await this.updateComplete,this.renderRoot.querySelector("[name=name]").focus()});u(this,Ge,async e=>{let{data:t,text:s}=K(e),i=s("expires"),n=t.getAll("scopes"),m={name:s("name"),scopes:n,...i?{expiresAt:new Date(`${i}T23:59:59`).toISOString()}:{}},f=await this.action.run("create",(w,F)=>w.embed.request("POST",`${"/~"}/api-keys`,{body:m,...F}));f&&(this.created=f,this.adding=!1,await this.keys.load())})}begin(){this.keys.asked||this.keys.load(),this.operators.asked||this.operators.load()}view(){let e=l.access;return r`<div class="stack">
      <div class="head">
        <h2>${e.keys}</h2>
        <button class="button primary push" type="button" ?hidden=${this.adding} @click=${o(this,Ke)}>${T("plus")}${e.add}</button>
      </div>
      ${this.created?c(this,P,ds).call(this,this.created):p} ${this.adding?c(this,P,cs).call(this):p}
      ${this.adding?p:q(this.action.error,this.texts)}
      <div class="card scroll cards">${c(this,P,as).call(this)}</div>
      <div class="head"><h2>${e.operators}</h2></div>
      <div class="card scroll cards">${c(this,P,ls).call(this)}</div>
    </div>`}};P=new WeakSet,as=function(){let e=l.access,t=this.keys.answer?.data;return t?r`<table role="table">
      <thead role="rowgroup">${H(e.name,e.scopes,e.used,e.expires,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>r`<tr role="row">
            <td role="cell" class="first">${s.name}<span class="also code">${s.prefix}…</span></td>
            <td role="cell" class="wide">${s.scopes.map(i=>e.scopeNames[i]??i).join(", ")}</td>
            <td role="cell" class="muted wide">${s.last_used_at?this.format.dateTime(s.last_used_at):e.never}</td>
            <td role="cell" class="muted wide">${s.expires_at?this.format.dateTime(s.expires_at):e.no}</td>
            <td role="cell" class="second end">${c(this,P,Rt).call(this,s.id,e.revoke,()=>c(this,P,ps).call(this,s.id))}</td>
          </tr>`)}
      </tbody>
    </table>`:this.keys.error&&!this.keys.loading?this.problem(this.keys):M(3,this.texts)},ls=function(){let e=l.access,t=this.operators.answer?.data;return t?t.length?r`<table role="table">
      <thead role="rowgroup">${H(e.operator,e.begun,e.until,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>r`<tr role="row">
            <td role="cell" class="first">${s.name} ${s.id===this.operator.id?r`<span class="badge">${e.you}</span>`:p}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              ${s.id===this.operator.id?p:c(this,P,Rt).call(this,s.id,e.end,()=>c(this,P,us).call(this,s.id))}
            </td>
          </tr>`)}
      </tbody>
    </table>`:D("lock",e.noOperators,p,p,"status"):this.operators.error&&!this.operators.loading?this.problem(this.operators):M(2,this.texts)},Rt=function(e,t,s){let i=this.sure===e;return r`<button
      class="link"
      type="button"
      ?disabled=${this.action.busy!==null}
      @click=${()=>i?s():this.sure=e}
      @blur=${()=>this.sure=null}
    >
      ${i?this.texts.actions.sure:t}
    </button>`},ds=function(e){return r`<div class="notice good" role="status">
      ${T("lock")}
      <div class="stack">
        <p><strong>${e.name}</strong>: ${l.access.once}</p>
        <div class="secret"><code class="code">${e.key}</code>${Ue(e.key,this.texts)}</div>
      </div>
    </div>`},cs=function(){let e=l.access,t=this.action.error,s=ai.filter(i=>!this.operator.scopes.length||this.operator.scopes.includes(i));return r`<form class="card" @submit=${o(this,Ge)}>
      ${q(t,this.texts)} ${O("name",e.name,"",t,{required:!0,maxlength:100})}
      <fieldset>
        <legend>${e.scopes}</legend>
        ${s.map(i=>r`<label class="check">
            <input type="checkbox" name="scopes" value=${i} /><span>${e.scopeNames[i]} <span class="hint code">${i}</span></span>
          </label>`)}
      </fieldset>
      ${O("expires",e.expires,"",t,{type:"date"})}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${e.create}</button>
        <button class="button" type="button" @click=${()=>this.adding=!1}>${this.texts.actions.cancel}</button>
      </div>
    </form>`},Ke=new WeakMap,Ge=new WeakMap,ps=async function(e){this.sure=null,await this.action.run(e,t=>t.embed.request("DELETE",`${"/~"}/api-keys/${e}`))&&await this.keys.load()},us=async function(e){this.sure=null,await this.action.run(e,s=>s.embed.request("DELETE",`${"/~"}/console/sessions/${e}`))&&await this.operators.load()},Q.styles=[y],d([g({attribute:!1})],Q.prototype,"operator",2),d([b()],Q.prototype,"adding",2),d([b()],Q.prototype,"sure",2),d([b()],Q.prototype,"created",2),Q=d([v("console-access")],Q);var Ve,hs,Be,re=class extends J{constructor(){super(...arguments);u(this,Ve);this.merchant="";this.shown=null;this.path="/events";u(this,Be,e=>{this.filter({event_type:K(e).text("event_type")})})}read(e,t,s){return super.read(e,this.merchant?{...t,end_user_id:this.merchant}:t,s)}view(){let e=l.events;return r`<section class="stack">
      ${this.merchant?p:r`<div class="head"><h2>${e.title}</h2></div>`}
      <form role="search" @submit=${o(this,Be)}>
        <label class="field">
          <span>${e.type}</span>
          <input class="input" name="event_type" list="types" maxlength="100" placeholder=${e.typeHint} .value=${this.filters.event_type??""} />
          <datalist id="types">${Object.keys(this.texts.events).map(t=>r`<option value=${t}></option>`)}</datalist>
        </label>
        ${this.dayField("from")} ${this.dayField("to")}
        <div><button class="button" type="submit">${e.apply}</button></div>
      </form>
      ${this.list()}
    </section>`}head(){let e=l.events;return H(e.event,e.about,e.by,e.time)}row(e){let t=this.shown===e.id,s=Object.keys(e.metadata).length>0;return r`<tr role="row">
      <td role="cell" class="first">
        ${Fe(e.event_type,this.texts)} <span class="also code">${e.event_type}</span>
        ${s?r`<button class="link small" type="button" aria-expanded=${t} @click=${()=>this.shown=t?null:e.id}>
              ${l.events.details}
            </button>`:p}
        ${t?r`<pre>${JSON.stringify(e.metadata,null,2)}</pre>`:p}
      </td>
      <td role="cell" class="wide">${c(this,Ve,hs).call(this,e)}</td>
      <td role="cell" class="muted wide">${li(e)}</td>
      <td role="cell" class="muted date">${this.format.dateTime(e.created_at)}</td>
    </tr>`}empty(){return D("inbox",l.events.empty,p,p,"status")}};Ve=new WeakSet,hs=function(e){let t=r`<span class="also code">${e.resource_type} ${e.resource_id??p}</span>`;return e.end_user_id&&e.resource_id&&e.resource_type==="order"?r`<a href=${$("merchants",e.end_user_id,"orders",e.resource_id)}>${l.search.order}</a> ${t}`:e.end_user_id&&!this.merchant?r`<a href=${$("merchants",e.end_user_id)}>${l.search.merchant}</a> ${t}`:t},Be=new WeakMap,re.styles=[y,k`
      form {
        padding: 0;
        grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr));
        align-items: end;
      }
      pre {
        margin: 6px 0 0;
        padding: 8px 10px;
        border-radius: 6px;
        background: var(--o-quiet-tint);
        font-size: var(--o-small);
        white-space: pre-wrap;
      }
    `],d([g()],re.prototype,"merchant",2),d([b()],re.prototype,"shown",2),re=d([v("console-events")],re);function li(a){let{operator:h,actor_name:e}=a.metadata,t=h??e;return typeof t=="string"?t:a.ip_address??""}var ms="orderly-console-keys";function $e(){return sessionStorage.getItem(ms)!=="off"}function gs(a){sessionStorage.setItem(ms,a?"on":"off")}function Ye(a){let h=a.composedPath()[0];return a.ctrlKey||a.metaKey||a.altKey||a.isComposing||a.defaultPrevented?!0:h instanceof Element&&h.matches("input:not([type=checkbox]), textarea, select, [contenteditable], dialog *, dialog")}var le,fs,vs,Je,se=class extends x{constructor(){super(...arguments);u(this,le);this.merchant="";this.sure=!1;this.told="";this.action=new z(this);this.sessions=new S(this,(e,t)=>e.embed.request("GET",`/users/${this.merchant}/sessions`,t));u(this,Je,async()=>{let e=await this.action.run("all",t=>t.embed.request("DELETE",`/users/${this.merchant}/sessions`));this.sure=!1,e&&(this.told=l.merchants.sessions.allEnded,await this.sessions.load())})}begin(){this.sessions.asked||this.sessions.load()}view(){let e=l.merchants.sessions,t=this.sessions.answer?.data;return r`<section class="stack">
      ${q(this.action.error,this.texts)}
      ${this.told?r`<div class="notice good" role="status">${this.told}</div>`:p}
      ${t?.length?r`<div class="row">
            ${this.sure?r`<button class="button danger" type="button" ?disabled=${this.action.busy!==null} @click=${o(this,Je)}>${e.endAllSure}</button>
                  <button class="button" type="button" @click=${()=>this.sure=!1}>${this.texts.actions.cancel}</button>`:r`<button class="button danger" type="button" @click=${()=>this.sure=!0}>${e.endAll}</button>`}
          </div>`:p}
      <div class="card scroll cards">${c(this,le,fs).call(this,t)}</div>
    </section>`}};le=new WeakSet,fs=function(e){let t=l.merchants.sessions;return e?e.length?r`<table role="table">
      <thead role="rowgroup">${H(t.kind,t.begun,t.ends,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">
        ${e.map(s=>r`<tr role="row">
            <td role="cell" class="first">${t.kinds[s.kind]??s.kind}<span class="also">${s.scopes.join(" ")}</span></td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              <button class="link" type="button" ?disabled=${this.action.busy!==null} @click=${()=>c(this,le,vs).call(this,s.id)}>${t.end}</button>
            </td>
          </tr>`)}
      </tbody>
    </table>`:D("lock",t.empty,t.emptyHint,p,"status"):this.sessions.error&&!this.sessions.loading?this.problem(this.sessions):M(3,this.texts)},vs=async function(e){await this.action.run(e,s=>s.embed.request("DELETE",`/sessions/${e}`))&&await this.sessions.load()},Je=new WeakMap,se.styles=[y],d([g()],se.prototype,"merchant",2),d([b()],se.prototype,"sure",2),d([b()],se.prototype,"told",2),se=d([v("console-sessions")],se);var di=50,R,bs,ys,$s,Et,ws,xs,ks,Ts,oe=class extends He{constructor(){super(...arguments);u(this,R);this.needs=["orders:read","data_room"];this.merchant="";this.order="";this.action=new z(this);this.found=new S(this,(e,t)=>e.embed.orders.get(this.order,{},t));this.told=new S(this,(e,t)=>c(this,R,ys).call(this,e,t))}begin(){this.found.asked||c(this,R,bs).call(this)}view(){let e=l.why,t=this.found.answer?.data,s=t?t.order_number??t.external_id:"";return r`<section class="stack">
      <div class="head">
        <a class="button quiet icon" href=${$("merchants",this.merchant,"orders",this.order)} aria-label=${this.texts.actions.back}>${T("back")}</a>
        <h2>${e.title}</h2>
      </div>
      ${t?c(this,R,$s).call(this,t,s):c(this,R,Et).call(this,this.found)}
    </section>`}};R=new WeakSet,bs=async function(){await this.found.load(),this.found.answer&&await this.told.load()},ys=async function(e,t){let s=await e.embed.webhooks.list({},t);if(s.error)return s;let{order_number:i}=this.found.answer.data,n={order_number:i??this.found.answer.data.external_id,limit:di},m=await Promise.all(s.data.map(({id:F})=>e.embed.webhooks.deliveries(F,n,t))),f=m.find(({error:F})=>F);return f?.error?{data:null,error:f.error}:{data:s.data.map((F,Ie)=>{let{data:ei,pagination:ti}=m[Ie];return{webhook:F,deliveries:ei,partial:ti?.hasMore??!1}}),error:null}},$s=function(e,t){let s=l.why,i=this.told.answer?.data,n=e.activities.map(({title:m,description:f,timestamp:w,from:F,to:Ie})=>({title:m,text:F&&Ie?_(this.texts.order.changed,{from:F,to:Ie}):f,time:w}));return r`<p class="muted">${_(s.hint,{number:t})}</p>
      ${i?c(this,R,ws).call(this,i):p} ${q(this.action.error,this.texts)}
      <div class="columns">
        <div class="stack">${i?i.map(m=>c(this,R,xs).call(this,m)):c(this,R,Et).call(this,this.told)}</div>
        <section class="card">
          <h3>${this.texts.order.timeline}</h3>
          ${n.length?Kt(n,this.format):r`<p class="pad muted">${s.noEvents}</p>`}
        </section>
      </div>`},Et=function(e){return r`<div class="card">${e.error&&!e.loading?this.problem(e):M(5,this.texts)}</div>`},ws=function(e){let t=l.why.verdicts,s=e.flatMap(({deliveries:m})=>ci(m)),i=m=>s.filter(f=>f.status===m).length,n=["failed","pending","skipped"].filter(m=>i(m)>0);if(n.length){let m=n.map(f=>this.format.plural(i(f),t[f]));return r`<div class="notice ${n[0]==="failed"?"bad":"warn"}" role="status">${T("alert")}<div>${m.join(" ")}</div></div>`}return s.length?r`<div class="notice good" role="status">${T("check")}<div>${t.fine}</div></div>`:r`<div class="notice warn" role="status">${T("alert")}<div>${t.none}</div></div>`},xs=function({webhook:e,deliveries:t,partial:s}){let i=l.why,n=H(this.texts.webhooks.event,this.texts.list.status,i.answer,this.texts.webhooks.time);return r`<section class="card scroll cards told">
      <h3>
        ${e.description??e.url}
        ${e.is_active?p:W("disabled",this.texts)}
        ${e.disabled_reason?r`<span class="muted small">${e.disabled_reason}</span>`:p}
      </h3>
      ${t.length?r`<table role="table">
            <thead role="rowgroup">${n}</thead>
            <tbody role="rowgroup">${t.map(m=>c(this,R,ks).call(this,e,m))}</tbody>
          </table>`:r`<p class="pad muted">${i.noDeliveries}</p>`}
      ${s?r`<p class="pad muted">${i.partial}</p>`:p}
    </section>`},ks=function(e,t){let s=t.response_status??t.error_class??"",i=[t.error,t.response_snippet].filter(Boolean).join(`
`);return r`<tr role="row">
      <td role="cell" class="first">${Fe(t.event_type,this.texts)} <span class="also code">${t.event_type}</span></td>
      <td role="cell" class="second">${W(t.status,this.texts)}</td>
      <td role="cell" class="wide">
        ${s} ${i?r`<pre>${i}</pre>`:p}
        ${t.next_attempt_at?r`<span class="also">${_(this.texts.webhooks.nextAttempt,{time:this.format.dateTime(t.next_attempt_at)})}</span>`:p}
      </td>
      <td role="cell" class="muted wide">
        ${this.format.dateTime(t.created_at)} <span class="also">${_(l.why.attempt,{n:t.attempt})}</span>
        ${t.status==="succeeded"?p:r`<button class="link small" type="button" ?disabled=${this.action.busy!==null} @click=${()=>c(this,R,Ts).call(this,e.id,t)}>
              ${l.why.retry}
            </button>`}
      </td>
    </tr>`},Ts=async function(e,t){await this.action.run(t.id,i=>i.embed.webhooks.retryDelivery(e,t.delivery_id))&&await this.told.load()},oe.styles=[y,Gt,k`
      .columns {
        display: grid;
        gap: 16px;
        align-items: start;
        grid-template-columns: minmax(0, 2fr) minmax(260px, 1fr);
      }
      .told h3 {
        padding-block-end: 10px;
      }
      pre {
        margin: 6px 0 0;
        padding: 8px 10px;
        border-radius: 6px;
        background: var(--o-quiet-tint);
        font-size: var(--o-small);
        white-space: pre-wrap;
      }
      @container (max-width: 860px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `],d([g()],oe.prototype,"merchant",2),d([g()],oe.prototype,"order",2),oe=d([v("console-why")],oe);function ci(a){let h=new Map;for(let e of a){let t=h.get(e.delivery_id);(!t||t.created_at<e.created_at||t.status!=="succeeded"&&e.status==="succeeded")&&h.set(e.delivery_id,e)}return[...h.values()]}var Qe={orders:()=>r`<orderly-orders></orderly-orders>`,shipments:()=>r`<orderly-shipments></orderly-shipments>`,connections:()=>r`<orderly-bridges></orderly-bridges>`,webhooks:()=>r`<orderly-webhooks></orderly-webhooks>`,alerts:()=>r`<orderly-alerts></orderly-alerts>`,pages:()=>r`<orderly-tracking-pages></orderly-tracking-pages>`},Rs=["sessions","events"],pi={order:"orders",shipment:"shipments",connect:"connections",trackingPages:"pages"},xe,de,L,we,Es,_t,_s,Xe,Ze,Ss,V=class extends x{constructor(){super(...arguments);u(this,L);this.base="";this.portalUrl=null;this.opened=!1;this.action=new z(this);this.merchant=new S(this,(e,t)=>e.embed.request("GET",`/users/${encodeURIComponent(o(this,L,we))}`,t));u(this,xe,"");u(this,de,null);u(this,Xe,e=>{let{view:t,id:s}=e.detail,i=pi[t]??t;i in Qe&&(e.preventDefault(),ye($("merchants",o(this,L,we),i,...s===null?[]:[s])))});u(this,Ze,async()=>{let e=window.open("about:blank","_blank"),t={externalId:this.merchant.answer.data.external_id,readOnly:!0},s=await this.action.run("view",i=>i.embed.request("POST","/sessions",{body:t}));this.portalUrl=s?.portalUrl??null,this.opened=!1,e&&s?(e.opener=null,e.location.replace(s.portalUrl),this.opened=!0):e?.close()})}begin(){o(this,xe)!==o(this,L,we)&&(C(this,xe,o(this,L,we)),this.merchant.clear(),this.portalUrl=null,this.opened=!1,C(this,de,null),this.merchant.load())}updated(e){e.has("place")&&this.session?.usable&&this.begin()}view(){let e=this.merchant.answer?.data;if(!e){let i=this.merchant.error&&!this.merchant.loading?this.problem(this.merchant):M(6,this.texts);return r`<div class="stack">${c(this,L,_t).call(this)}<div class="card">${i}</div></div>`}let t=o(this,L,Es),s=l.merchants.tabs;return r`<section class="stack">
      <div class="head">
        ${c(this,L,_t).call(this)}
        <h2>${e.name??e.external_id}</h2>
        <span class="muted"><span class="code">${e.external_id}</span> ${e.email??p}</span>
        <button class="button push" type="button" title=${l.merchants.viewHint} ?disabled=${this.action.busy!==null} @click=${o(this,Ze)}>
          ${l.merchants.view}
        </button>
      </div>
      ${q(this.action.error,this.texts)} ${c(this,L,Ss).call(this)}
      <nav class="tabs" aria-label=${e.name??e.external_id}>
        ${[...Object.keys(Qe),...Rs].map(i=>r`<a href=${$("merchants",e.id,i)} aria-current=${i===t?"page":p}>${s[i]}</a>`)}
      </nav>
      ${c(this,L,_s).call(this,e,t)}
    </section>`}};xe=new WeakMap,de=new WeakMap,L=new WeakSet,we=function(){return this.place.path[1]},Es=function(){let e=this.place.path[2]??"orders";return e==="why"?"orders":e in Qe||Rs.includes(e)?e:"orders"},_t=function(){return r`<a class="button quiet icon" href=${$("merchants")} aria-label=${this.texts.actions.back}>${T("back")}</a>`},_s=function(e,t){if(t==="sessions")return r`<console-sessions .merchant=${e.id}></console-sessions>`;if(t==="events")return r`<console-events .merchant=${e.id} .address=${this.place.query.toString()}></console-events>`;let{id:s,external_id:i,name:n,email:m}=e;o(this,de)??C(this,de,Jt(this.operator,{id:s,externalId:i,name:n,email:m}));let[,,f,w]=this.place.path;return r`<orderly-embed
      .baseUrl=${this.base}
      .sessionToken=${this.operator.token}
      .fetch=${o(this,de)}
      @orderly-navigate=${o(this,Xe)}
    >
      <div ?hidden=${w!==void 0}>${Qe[t]()}</div>
      ${f==="orders"&&w?r`<div class="stack">
            <div><a class="button" href=${$("merchants",s,"why",w)}>${l.why.link}</a></div>
            <orderly-order order-id=${w} back></orderly-order>
          </div>`:p}
      ${f==="shipments"&&w?r`<orderly-tracking shipment-id=${w} back></orderly-tracking>`:p}
      ${f==="why"&&w?r`<console-why .merchant=${s} order=${w}></console-why>`:p}
    </orderly-embed>`},Xe=new WeakMap,Ze=new WeakMap,Ss=function(){if(!this.portalUrl)return p;let e=l.merchants;return r`<div class="notice" role="status">
      <div>
        ${this.opened?e.opened:r`${e.blocked} <a class="link" href=${this.portalUrl} target="_blank" rel="noopener noreferrer">${e.open}</a>`}
        ${e.viewHint}
      </div>
    </div>`},V.styles=[y,k`
      .tabs {
        display: flex;
        gap: 2px;
        overflow-x: auto;
        scrollbar-width: none;
        border-block-end: 1px solid var(--o-line);
      }
      .tabs a {
        padding: 8px 12px;
        border-block-end: 2px solid transparent;
        color: var(--o-muted);
        font-weight: 550;
        text-decoration: none;
        white-space: nowrap;
      }
      .tabs a[aria-current] {
        border-color: var(--o-accent);
        color: var(--o-accent);
      }
      .tabs a:focus-visible {
        outline-offset: -2px;
      }
    `],d([g({attribute:!1})],V.prototype,"operator",2),d([g({attribute:!1})],V.prototype,"place",2),d([g()],V.prototype,"base",2),d([b()],V.prototype,"portalUrl",2),d([b()],V.prototype,"opened",2),V=d([v("console-merchant")],V);var ke=class extends J{constructor(){super(...arguments);this.path="/users"}read(e,{search:t,...s},i){return super.read(e,{...s,external_id:t},i)}view(){return r`<section class="stack">
      <div class="head"><h2>${l.merchants.title}</h2></div>
      <div class="toolbar">${this.searchField(l.merchants.search)}</div>
      ${this.list()}
    </section>`}head(){let e=l.merchants;return H(e.merchant,e.id,e.email,e.connections,e.since)}row(e){return r`<tr role="row">
      <td role="cell" class="first"><a href=${$("merchants",e.id)}>${e.name??e.external_id}</a></td>
      <td role="cell" class="code wide">${e.external_id}</td>
      <td role="cell" class="wide">${e.email}</td>
      <td role="cell" class="number second">${this.format.number(e.bridge_count)}</td>
      <td role="cell" class="muted nowrap date">${this.format.date(e.created_at)}</td>
    </tr>`}empty(){return D("inbox",l.merchants.empty,l.merchants.emptyHint,p,"status")}};ke.styles=[y],ke=d([v("console-merchants")],ke);var B,Te,St,ce=class extends x{constructor(){super(...arguments);u(this,B);this.active=!1;this.counts=new S(this,(e,t)=>e.embed.request("GET",`${"/~"}/console/overview`,t))}begin(){this.counts.asked||this.counts.load()}willUpdate(e){e.has("active")&&this.active&&this.counts.answer&&this.counts.load()}view(){let e=l.overview,t=this.counts.answer?.data;if(!t){let s=this.counts.error&&!this.counts.loading?this.problem(this.counts):M(4,this.texts);return r`<section class="stack"><h2>${e.title}</h2><div class="card">${s}</div></section>`}return r`<section class="stack">
      <h2>${e.title}</h2>
      <div class="tiles">
        ${c(this,B,Te).call(this,e.requests,t.open_requests,$("queue"))}
        ${c(this,B,Te).call(this,e.exceptions,t.exceptions,null,!0)}
        ${c(this,B,Te).call(this,e.bridges,t.bridges_in_error,null,!0)}
        ${c(this,B,Te).call(this,e.webhooks,t.failing_webhooks,null,!0)}
      </div>
      <div class="two">${c(this,B,St).call(this,e.orders,t.orders)} ${c(this,B,St).call(this,e.shipments,t.shipments)}</div>
    </section>`}};B=new WeakSet,Te=function(e,t,s,i=!1){let n=r`<span class="muted">${e}</span><strong>${this.format.number(t)}</strong>`,m=i&&t>0?"bad":"";return s?r`<a class="card tile ${m}" href=${s}>${n}</a>`:r`<div class="card tile ${m}">${n}</div>`},St=function(e,t){let s=Object.entries(t).filter(([,i])=>i>0);return r`<section class="card">
      <h3>${e}</h3>
      <ul class="counts">
        ${s.map(([i,n])=>r`<li>${W(i,this.texts)}<span class="number">${this.format.number(n)}</span></li>`)}
        ${s.length?p:r`<li class="muted">${l.overview.none}</li>`}
      </ul>
    </section>`},ce.styles=[y,k`
      .tiles {
        display: grid;
        gap: 12px;
        grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr));
      }
      .tile {
        display: grid;
        gap: 2px;
        padding: 14px 16px;
        color: inherit;
        text-decoration: none;
      }
      a.tile:hover {
        background: var(--o-hover);
      }
      .tile strong {
        font-size: calc(var(--o-title) * 1.3);
        line-height: 1.2;
        font-weight: 650;
        font-variant-numeric: tabular-nums;
      }
      .tile.bad strong {
        color: var(--o-bad);
      }
      .two {
        grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
      }
      .counts {
        padding: 8px 16px 14px;
      }
      .counts li {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding-block: 6px;
        border-block-end: 1px solid var(--o-line);
      }
      .counts li:last-child {
        border: 0;
      }
    `],d([g({type:Boolean})],ce.prototype,"active",2),ce=d([v("console-overview")],ce);var Ot=["cancel","address_change","hold","release","expedite","note","other"],Os=["pending","confirmed","processing","partially_shipped","shipped","delivered"];function et(a){return a?.settings.actionPolicies??{}}function qs(a,h,e){if(!a)return"";let t=et(a)[h]??{},s=l.queue.policies,i=[t.autoApprove?s.auto:s.person];return t.enabled===!1&&i.push(s.off),t.windowMinutes&&i.push(_(s.window,{n:t.windowMinutes})),t.untilStatus&&i.push(_(s.until,{status:ie(t.untilStatus,e)})),i.join(" ")}var E,tt,Ps,As,Ls,js,st,it,Pt,rt,Ns,Z=class extends x{constructor(){super(...arguments);u(this,E);this.decided=null;this.policy="";this.open=!1;this.action=new z(this);u(this,st,async()=>{let e=`/action-requests/${this.row.id}/apply`;await this.action.run("retry",t=>t.embed.request("POST",e))&&c(this,E,Pt).call(this)});u(this,it,async()=>{let e=this.renderRoot.querySelector("[name=done]").value.trim(),t={status:"applied",...e?{message:e}:{}},s=`/action-requests/${this.row.id}/application`;await this.action.run("done",i=>i.embed.request("PATCH",s,{body:t}))&&c(this,E,Pt).call(this)});u(this,rt,e=>{if(e.key==="Enter"&&(e.ctrlKey||e.metaKey))this.decide("approved");else if(e.key==="Escape")this.focusHead();else return;e.preventDefault()})}begin(){}updated(e){let t=e.get("decided"),s=o(this,E,tt);t&&!this.decided&&s&&!s.value&&(s.value=t.note)}focusHead(){let e=this.renderRoot.querySelector(".line");e?.focus(),e?.scrollIntoView({block:"nearest"})}writeNote(){o(this,E,tt)?.focus()}decide(e){if(!o(this,E,Ps))return;let t=n=>this.renderRoot.querySelector(`[name=${n}]`)?.checked??!1,s=e==="approved"&&this.row.action_type==="cancel",i={id:this.row.id,title:this.row.title,status:e,note:o(this,E,tt)?.value.trim()??"",application:s?{refund:t("refund"),notifyCustomer:t("notify")}:null};this.dispatchEvent(new CustomEvent("request-decided",{detail:i}))}view(){let{row:e,decided:t}=this,s=e.end_users;return r`<div class=${t?"decided":""}>
      <button class="line" type="button" aria-expanded=${this.open} @click=${()=>this.dispatchEvent(new Event("request-toggled"))}>
        <span><strong>${e.title}</strong></span>
        <span class="muted who">${s?s.name??s.external_id:l.queue.deleted}</span>
        <span>${W(t?.status??e.status,this.texts)}</span>
        <span class="muted small nowrap date">${this.format.dateTime(e.created_at)}</span>
      </button>
      ${this.open?c(this,E,As).call(this):p}
    </div>`}};E=new WeakSet,tt=function(){return this.renderRoot.querySelector("textarea[name=note]")},Ps=function(){return this.row.status==="pending"&&!this.decided},As=function(){let{row:e}=this,t=l.queue,{order:s,end_users:i}=e,n=s?r`<a class="link" href=${$("merchants",e.end_user_id,"orders",s.id)}>${s.order_number??s.external_id}</a>
          ${W(s.status,this.texts)}`:t.deleted,m=[[t.order,n],[t.customer,s?.customer.name],[t.merchant,i&&r`<a class="link" href=${$("merchants",e.end_user_id)}>${i.name??i.external_id}</a>`],[t.reason,e.description&&qt(e.description)],[t.changes,c(this,E,Ns).call(this)],[t.policy,this.policy],[t.asked,this.format.dateTime(e.created_at)],[t.expires,e.status==="pending"?this.format.dateTime(e.expires_at):null],[t.answer,e.resolution_note&&qt(e.resolution_note)]];return r`<div class="body">
      <div class="columns">
        <dl class="pairs">${m.map(([f,w])=>w?r`<dt>${f}</dt><dd>${w}</dd>`:p)}</dl>
        ${e.status==="pending"?c(this,E,Ls).call(this):c(this,E,js).call(this)}
      </div>
    </div>`},Ls=function(){let e=l.queue,t=this.decided!==null;return r`<div class="stack">
      <label class="field">
        <span>${e.note}</span>
        <textarea class="input" name="note" maxlength="2000" ?disabled=${t} @keydown=${o(this,rt)}></textarea>
        <span class="hint">${e.noteHint}</span>
      </label>
      ${this.row.action_type==="cancel"?r`<label class="check"><input type="checkbox" name="refund" ?disabled=${t} /><span>${e.refund}</span></label>
            <label class="check"><input type="checkbox" name="notify" ?disabled=${t} /><span>${e.notify}</span></label>`:p}
      <div class="row">
        <button class="button primary" type="button" aria-keyshortcuts="a" ?disabled=${t} @click=${()=>this.decide("approved")}>
          ${e.approve}
        </button>
        <button class="button danger" type="button" aria-keyshortcuts="d" ?disabled=${t} @click=${()=>this.decide("denied")}>
          ${e.deny}
        </button>
      </div>
    </div>`},js=function(){let{row:e}=this,t=l.queue,s=e.application,i=this.action.busy!==null;return r`<div class="stack">
      ${e.resolved_at?r`<p class="muted">${_(t.decided,{who:e.resolved_by??"–",time:this.format.dateTime(e.resolved_at)})}</p>`:p}
      ${s?r`<div><span class="label">${t.application}</span> ${W(s.status,this.texts)}
            ${s.message?r`<p>${s.message}</p>`:p}</div>`:p}
      ${q(this.action.error,this.texts)}
      ${s?.status==="failed"||s?.status==="manual"?r`<label class="field"><span>${t.doneNote}</span><input class="input" name="done" maxlength="2000" /></label>
            <div class="row">
              <button class="button primary" type="button" ?disabled=${i} @click=${o(this,it)}>${t.markDone}</button>
              ${s.status==="failed"?r`<button class="button" type="button" ?disabled=${i} @click=${o(this,st)}>${t.retry}</button>`:p}
            </div>`:p}
    </div>`},st=new WeakMap,it=new WeakMap,Pt=function(){this.dispatchEvent(new Event("request-changed"))},rt=new WeakMap,Ns=function(){let e={...this.texts.requests.address,until:this.texts.requests.holdUntil},t=Object.entries(this.row.requested_changes??{}).filter(([,n])=>n!==null&&n!==""),s=n=>typeof n=="string"?n:JSON.stringify(n),i=t.map(([n,m])=>`${e[n]??n}: ${s(m)}`).join(`
`);return i?qt(i):null},Z.styles=[y,k`
      :host {
        border-block-end: 1px solid var(--o-line);
      }
      .line {
        display: grid;
        grid-template-columns: minmax(0, 2fr) minmax(0, 1fr) auto auto;
        gap: 2px 16px;
        align-items: center;
        inline-size: 100%;
        padding: 11px 16px;
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
      }
      .line:hover {
        background: var(--o-hover);
      }
      .line:focus-visible {
        outline-offset: -2px;
      }
      .line strong {
        font-weight: 600;
      }
      :host([open]) {
        box-shadow: inset 3px 0 0 var(--o-accent);
      }
      .decided .line,
      .decided .body {
        opacity: 0.55;
      }
      .body {
        display: grid;
        gap: 14px;
        padding: 4px 16px 16px;
      }
      .columns {
        display: grid;
        gap: 14px 32px;
        grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr));
      }
      textarea.input {
        min-block-size: 60px;
      }
      @container (max-width: 620px) {
        .line {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .line .date {
          display: none;
        }
        .line .who {
          grid-row: 2;
        }
      }
    `],d([g({attribute:!1})],Z.prototype,"row",2),d([g({attribute:!1})],Z.prototype,"decided",2),d([g({attribute:!1})],Z.prototype,"policy",2),d([g({type:Boolean,reflect:!0})],Z.prototype,"open",2),Z=d([v("console-request")],Z);function qt(a){return r`<span class="lines">${a}</span>`}var ui=["approved","denied","cancelled","expired","all"],hi=3e4,Re,j,ot,Ds,At,Lt,Ee,_e,Se,Ms,ee=class extends J{constructor(){super(...arguments);u(this,j);this.active=!1;this.selected=null;this.newer=!1;this.path="/action-requests/queue";u(this,Re);this.config=new S(this,(e,t)=>e.embed.request("GET","/config/me",t));u(this,Ee,e=>{if(!this.active||!this.rows.length||Ye(e)||!$e())return;let t=this.rows.findIndex(({id:i})=>i===this.selected),s=c(this,j,Lt).call(this,this.selected);if(e.key==="j"||e.key==="k"){let i=this.rows[e.key==="j"?Math.min(t+1,this.rows.length-1):Math.max(t-1,0)];c(this,j,ot).call(this,i.id),c(this,j,At).call(this,i.id)}else if(e.key==="a"&&s)s.decide("approved");else if(e.key==="d"&&s)s.decide("denied");else if(e.key==="n"&&s)s.writeNote();else return;e.preventDefault()});u(this,_e,()=>this.requestUpdate());u(this,Se,e=>{let{id:t,status:s}=e.detail,i=this.rows.find(n=>n.id===t);i&&(i.status=s),this.decisions.pending.size===0&&this.refresh()})}begin(){super.begin(),this.config.asked||this.config.load()}connectedCallback(){super.connectedCallback(),addEventListener("keydown",o(this,Ee)),this.decisions.addEventListener("change",o(this,_e)),this.decisions.addEventListener("sent",o(this,Se)),C(this,Re,setInterval(()=>{c(this,j,Ms).call(this)},hi))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("keydown",o(this,Ee)),this.decisions.removeEventListener("change",o(this,_e)),this.decisions.removeEventListener("sent",o(this,Se)),clearInterval(o(this,Re))}willUpdate(e){super.willUpdate(e),e.has("active")&&this.active&&this.page.answer&&this.refresh()}view(){let e=l.queue;return r`<section class="stack">
      <div class="head">
        <h2>${e.title}</h2>
        <span class="push muted small keys"><kbd>j</kbd> <kbd>k</kbd> <kbd>a</kbd> <kbd>d</kbd> <kbd>n</kbd> <kbd>u</kbd></span>
      </div>
      <div class="others unfolded">
        <label class="field">
          <span>${this.texts.list.status}</span>
          <select class="input" @change=${t=>this.filter({status:t.target.value})}>
            <option value="">${ie("pending",this.texts)}</option>
            ${ui.map(t=>r`<option value=${t} ?selected=${this.filters.status===t}>
                ${t==="all"?this.texts.list.all:ie(t,this.texts)}
              </option>`)}
          </select>
        </label>
      </div>
      ${this.newer?r`<div class="notice" role="status">
            <div>${e.new}</div>
            <button class="button" type="button" @click=${()=>this.refresh()}>${e.show}</button>
          </div>`:p}
      ${this.list()}
    </section>`}refresh(){this.newer=!1,super.refresh()}list(){let{answer:e,error:t,loading:s}=this.page;return t&&!s||!e||!this.rows.length?super.list():r`<ol class="card" aria-busy=${s}>
        ${this.rows.map(i=>this.row(i))}
      </ol>
      ${this.pager(e.pagination)}`}row(e){return r`<li>
      <console-request
        id=${`r-${e.id}`}
        .row=${e}
        .decided=${this.decisions.pending.get(e.id)??null}
        .policy=${qs(this.config.answer?.data,e.action_type,this.texts)}
        ?open=${e.id===this.selected}
        @request-toggled=${()=>c(this,j,ot).call(this,e.id===this.selected?null:e.id)}
        @request-decided=${t=>c(this,j,Ds).call(this,t.detail)}
        @request-changed=${()=>this.refresh()}
      ></console-request>
    </li>`}head(){return r``}empty(){return D("inbox",l.queue.empty,l.queue.emptyHint,p,"status")}};Re=new WeakMap,j=new WeakSet,ot=function(e){this.selected=e},Ds=function(e){this.decisions.decide(e);let t=this.rows.findIndex(({id:i})=>i===e.id),s=this.rows.slice(t+1).find(({id:i,status:n})=>n==="pending"&&!this.decisions.pending.has(i));c(this,j,ot).call(this,s?.id??null),c(this,j,At).call(this,s?.id??e.id)},At=async function(e){await this.updateComplete,c(this,j,Lt).call(this,e)?.focusHead()},Lt=function(e){return e?this.renderRoot.querySelector(`#r-${e}`):null},Ee=new WeakMap,_e=new WeakMap,Se=new WeakMap,Ms=async function(){if(!this.active||document.hidden||this.cursors.length||this.filters.status||!this.page.answer)return;let e=new Set(this.rows.map(({id:i})=>i)),s=(await this.session.call(i=>i.embed.request("GET",this.path,{query:{limit:5}}))).data??[];this.newer=s.some(({id:i})=>!e.has(i))},ee.styles=[y,k`
      ol {
        display: grid;
      }
      .others {
        max-inline-size: 240px;
      }
    `],d([g({attribute:!1})],ee.prototype,"decisions",2),d([g({type:Boolean})],ee.prototype,"active",2),d([b()],ee.prototype,"selected",2),d([b()],ee.prototype,"newer",2),ee=d([v("console-queue")],ee);var Oe,ue,Is,Hs,pe=class extends x{constructor(){super(...arguments);u(this,ue);this.q="";u(this,Oe,"");this.found=new S(this,(e,t)=>e.embed.request("GET",`${"/~"}/search`,{query:{q:this.q},...t}))}begin(){!this.q||o(this,Oe)===this.q||(C(this,Oe,this.q),this.found.clear(),this.found.load())}updated(e){e.has("q")&&this.session?.usable&&this.begin()}view(){let e=l.search,t=this.found.answer?.data,s=t?_(this.format.plural(t.length,e.found),{q:this.q}):e.title;return r`<section class="stack">
      <div class="head"><h2>${s}</h2></div>
      <div class="card scroll cards" aria-live="polite">${c(this,ue,Is).call(this,t)}</div>
    </section>`}};Oe=new WeakMap,ue=new WeakSet,Is=function(e){let t=l.search;return this.q?e?e.length?r`<table role="table">
      <thead role="rowgroup">${H(t.title,this.texts.list.status,t.merchant,{hidden:l.actions})}</thead>
      <tbody role="rowgroup">${e.map(s=>c(this,ue,Hs).call(this,s))}</tbody>
    </table>`:D("search",t.none,t.hint,p,"status"):this.found.error&&!this.found.loading?this.problem(this.found):M(3,this.texts):D("search",t.label,t.hint)},Hs=function(e){let t=l.search,s=e.type==="order",i=(s?e.order_number:e.tracking_number)??e.id,n=e.end_user;return r`<tr role="row">
      <td role="cell" class="first">
        <a href=${$("merchants",n.id,s?"orders":"shipments",e.id)}>${i}</a>
        <span class="also">${s?t.order:t.shipment}</span>
      </td>
      <td role="cell" class="second">${W(e.status,this.texts)}</td>
      <td role="cell" class="wide"><a href=${$("merchants",n.id)}>${n.name??n.external_id}</a></td>
      <td role="cell" class="wide">
        ${s?r`<a href=${$("merchants",n.id,"why",e.id)}>${l.why.link}</a>`:p}
      </td>
    </tr>`},pe.styles=[y],d([g()],pe.prototype,"q",2),pe=d([v("console-search")],pe);var mi=4.5,Us="#2f4b7c",gi=150,Fs=["company_name","primary_color","logo_url","support_email","support_url","support_phone"],qe,G,Cs,zs,nt,Ws,jt,at,lt,dt,U=class extends x{constructor(){super(...arguments);u(this,G);this.base="";this.error=null;this.saved=!1;this.busy=!1;this.draft={};this.theme="light";u(this,qe);this.shownColour="";u(this,nt,async(e,t)=>{if(!new URL(String(e)).pathname.endsWith("/embed/session"))return Bt("filled")(e,t);let s={...Vt,organization:{slug:this.config.slug,branding:c(this,G,jt).call(this)}};return new Response(JSON.stringify({data:s}),{headers:{"Content-Type":"application/json"}})});u(this,at,e=>{let{name:t,value:s}=e.target;t&&(this.draft={...this.draft,[t]:s})});u(this,lt,e=>{e.stopPropagation(),this.draft={...this.draft,primary_color:e.target.value}});u(this,dt,e=>{K(e),this.emit("brand-saved",c(this,G,jt).call(this))})}begin(){}willUpdate(e){if(!e.has("config"))return;let{branding:t}=this.config;this.draft=Object.fromEntries(Fs.map(s=>[s,typeof t[s]=="string"?t[s]:""])),this.shownColour=this.draft.primary_color}updated(e){e.has("draft")&&c(this,G,Ws).call(this)}view(){let e=l.settings,{draft:t,error:s}=this,i=ve(t.primary_color)?t.primary_color:Us;return r`<section class="stack">
      <div class="head"><h2>${e.brand}</h2></div>
      <div class="columns">
        <form class="card" @submit=${o(this,dt)} @input=${o(this,at)}>
          ${O("company_name",e.company,t.company_name,s,{maxlength:60})}
          <div class="colour">
            ${O("primary_color",e.colour,t.primary_color,s,{maxlength:9,placeholder:Us})}
            <input type="color" aria-label=${e.choose} .value=${fi(i)} @input=${o(this,lt)} />
          </div>
          <p class="hint" role="status">${c(this,G,zs).call(this,t.primary_color??"")}</p>
          ${O("logo_url",e.logo,t.logo_url,s,{type:"url",maxlength:1e3})}
          ${O("support_email",e.email,t.support_email,s,{type:"email"})}
          ${O("support_url",e.url,t.support_url,s,{type:"url"})}
          ${O("support_phone",e.phone,t.support_phone,s)}
          ${q(s,this.texts)}
          <div class="row">
            <button class="button primary" type="submit" ?disabled=${this.busy}>${this.texts.actions.save}</button>
            <span class="muted" role="status">${this.saved?r`${T("check")} ${e.saved}`:p}</span>
          </div>
        </form>
        <div class="stack">
          <div class="head">
            <h3>${e.portal}</h3>
            <div class="push">${Ce("theme",e.preview,[["light",e.light],["dark",e.dark]],this.theme,n=>this.theme=n)}</div>
          </div>
          <div class="frame" inert>
            <orderly-embed .baseUrl=${this.base} .sessionToken=${"example"} .fetch=${o(this,nt)} theme=${this.theme}></orderly-embed>
          </div>
          <h3>${e.tracking}</h3>
          <p class="hint">${e.trackingHint}</p>
          <div class="frame"><iframe inert tabindex="-1" title=${e.tracking} src=${o(this,G,Cs)}></iframe></div>
        </div>
      </div>
    </section>`}};qe=new WeakMap,G=new WeakSet,Cs=function(){let e=document.documentElement.lang,t=new URLSearchParams({slug:this.config.slug,primary_color:this.shownColour,lang:e});return`${this.base}/console/tracking-preview?${t}`},zs=function(e){let t=l.settings;if(!e)return"";let s=ve(e);if(!s)return t.badColour;let i=Ft(s,[255,255,255]),n=_(t.contrast,{n:this.format.number(Math.floor(i*10)/10)});if(i>=mi)return`${n} ${t.contrastGood}`;let{fill:m,onFill:f}=Ut(e).light;return`${n} ${_(t.contrastAdjusted,{text:f,fill:m})}`},nt=new WeakMap,Ws=function(){this.renderRoot.querySelector("orderly-embed")?.session.restart(),clearTimeout(o(this,qe));let e=this.draft.primary_color?.trim()??"";C(this,qe,setTimeout(()=>{(!e||ve(e))&&(this.shownColour=e)},gi))},jt=function(){let e=Object.entries(this.config.branding).filter(([t])=>!Fs.includes(t));return Object.fromEntries([...e,...Object.entries(this.draft).map(([t,s])=>[t,s.trim()]).filter(([,t])=>t)])},at=new WeakMap,lt=new WeakMap,dt=new WeakMap,U.styles=[y,k`
      .columns {
        display: grid;
        gap: 16px;
        align-items: start;
        grid-template-columns: minmax(260px, 2fr) minmax(0, 3fr);
      }
      .colour {
        display: flex;
        gap: 8px;
        align-items: end;
      }
      .colour .field {
        flex: 1;
      }
      input[type='color'] {
        flex: none;
        inline-size: 44px;
        block-size: 36px;
        padding: 2px;
        border: 1px solid var(--o-field);
        border-radius: var(--o-radius);
        background: var(--o-card);
      }
      .frame {
        block-size: 340px;
        overflow: hidden;
        border: 1px solid var(--o-line);
        border-radius: var(--o-radius);
        background: var(--o-page);
      }
      iframe {
        display: block;
        inline-size: 100%;
        block-size: 100%;
        border: 0;
      }
      @container (max-width: 860px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `],d([g({attribute:!1})],U.prototype,"config",2),d([g()],U.prototype,"base",2),d([g({attribute:!1})],U.prototype,"error",2),d([g({type:Boolean})],U.prototype,"saved",2),d([g({type:Boolean})],U.prototype,"busy",2),d([b()],U.prototype,"draft",2),d([b()],U.prototype,"theme",2),d([b()],U.prototype,"shownColour",2),U=d([v("console-brand")],U);function fi(a){return`#${ve(a).map(h=>h.toString(16).padStart(2,"0")).join("")}`}var vi=["data_room","action_requests","smart_alerts","end_user_webhooks","branded_tracking"],N,Ks,Gs,Nt,Vs,ct,Pe,ne=class extends x{constructor(){super(...arguments);u(this,N);this.base="";this.saved=null;this.action=new z(this);this.config=new S(this,(e,t)=>e.embed.request("GET","/config/me",t));u(this,ct,e=>{let{data:t,text:s}=K(e),i=s("slug");if(!this.config.answer)return void c(this,N,Pe).call(this,"general",{slug:i});c(this,N,Pe).call(this,"general",{slug:i,allowed_origins:s("allowed_origins").split(/\s+/).filter(Boolean),enabled_features:["bridges",...t.getAll("features")],is_active:t.has("is_active")})})}begin(){this.config.asked||this.config.load()}view(){let e=this.config.answer?.data,t=this.config.error?.code==="embed_not_configured";if(!e&&!t){let s=this.config.error&&!this.config.loading?this.problem(this.config):M(8,this.texts);return r`<section class="stack"><h2>${l.settings.title}</h2><div class="card">${s}</div></section>`}return r`<div class="stack">
      ${e?r`<console-brand
              .config=${e}
              .base=${this.base}
              .error=${this.action.errorOf("branding")}
              ?saved=${this.saved==="branding"}
              ?busy=${this.action.busy!==null}
              @brand-saved=${s=>c(this,N,Pe).call(this,"branding",{branding:s.detail})}
            ></console-brand>
            ${c(this,N,Ks).call(this,e)}`:p}
      ${c(this,N,Gs).call(this,e)}
    </div>`}};N=new WeakSet,Ks=function(e){let t=l.settings,s=et(e),i=Os.map(n=>[n,ie(n,this.texts)]);return r`<section class="stack">
      <div class="head"><h2>${t.policies}</h2></div>
      <form class="card" @submit=${n=>c(this,N,Vs).call(this,n,e)}>
        <p class="muted">${t.policiesHint}</p>
        ${Ot.map(n=>{let m=s[n]??{};return r`<fieldset>
            <legend>${this.texts.requests.types[n]}</legend>
            <div class="two">
              <div class="stack">
                <label class="check"><input type="checkbox" name="${n}.enabled" .checked=${m.enabled!==!1} /><span>${t.allowed}</span></label>
                <label class="check"><input type="checkbox" name="${n}.auto" .checked=${m.autoApprove===!0} /><span>${t.auto}</span></label>
              </div>
              ${O(`${n}.minutes`,t.minutes,m.windowMinutes?.toString(),null,{type:"number",min:1})}
              ${Ce(`${n}.until`,t.until,[["",t.always],...i],m.untilStatus??"")}
            </div>
          </fieldset>`})}
        ${c(this,N,Nt).call(this,"policies")}
      </form>
    </section>`},Gs=function(e){let t=l.settings,s=this.action.errorOf("general");return r`<section class="stack">
      <div class="head"><h2>${t.general}</h2></div>
      <form class="card" @submit=${o(this,ct)}>
        ${O("slug",t.slug,e?.slug,s,{required:!0,maxlength:64})}
        ${e?r`<div class="field"><span>${t.publishable}</span>
                <div class="secret"><code class="code">${e.publishable_key}</code>${Ue(e.publishable_key,this.texts)}</div></div>
              ${O("allowed_origins",t.origins,e.allowed_origins.join(`
`),s,{type:"area"})}
              <fieldset>
                <legend>${t.features}</legend>
                <div class="two">
                  ${vi.map(i=>r`<label class="check">
                      <input type="checkbox" name="features" value=${i} .checked=${e.enabled_features.includes(i)} />
                      <span>${t.featureNames[i]}</span>
                    </label>`)}
                </div>
              </fieldset>
              <label class="check"><input type="checkbox" name="is_active" .checked=${e.is_active} /><span>${t.active}</span></label>`:p}
        ${c(this,N,Nt).call(this,"general")}
      </form>
    </section>`},Nt=function(e){return r`${q(this.action.errorOf(e),this.texts)}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${this.texts.actions.save}</button>
        <span class="muted" role="status">${this.saved===e?r`${T("check")} ${l.settings.saved}`:p}</span>
      </div>`},Vs=function(e,t){let{data:s,text:i}=K(e),n=Object.fromEntries(Ot.map(m=>{let f=i(`${m}.minutes`);return[m,{...et(t)[m],enabled:s.has(`${m}.enabled`),autoApprove:s.has(`${m}.auto`),windowMinutes:f?Number(f):null,untilStatus:i(`${m}.until`)||null}]}));c(this,N,Pe).call(this,"policies",{settings:{actionPolicies:n}})},ct=new WeakMap,Pe=async function(e,t){this.saved=null;let s=await this.action.run(e,i=>i.embed.request("PATCH","/config",{body:t}));s&&(this.saved=e,await this.config.load(),this.emit("operator-changed",{slug:s.slug,branding:s.branding}))},ne.styles=[y],d([g()],ne.prototype,"base",2),d([b()],ne.prototype,"saved",2),ne=d([v("console-settings")],ne);var Bs=k`
  :host {
    min-block-size: 100vh;
    background: var(--o-page);
  }
  .wrap {
    max-inline-size: 1240px;
    margin-inline: auto;
    padding-inline: 20px;
  }
  header {
    border-block-end: 1px solid var(--o-line);
    background: var(--o-card);
  }
  header .wrap {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    padding-block: 10px;
  }
  h1 {
    margin: 0;
    font-size: var(--o-large);
    font-weight: 650;
  }
  header .push {
    margin-inline-start: auto;
  }
  header form {
    display: block;
    flex: 1 1 240px;
    max-inline-size: 460px;
    padding: 0;
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
    padding: 11px 14px;
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
    padding-block: 20px 96px;
    outline: none;
  }
  [hidden] {
    display: none;
  }
  .skip {
    position: absolute;
    inset-block-start: -100px;
    inset-inline-start: 8px;
    z-index: 3;
  }
  .skip:focus {
    inset-block-start: 8px;
  }
  .toasts {
    position: fixed;
    inset-block-end: 16px;
    inset-inline: 16px;
    z-index: 2;
    display: grid;
    gap: 8px;
    justify-items: center;
    pointer-events: none;
  }
  .toast {
    display: flex;
    gap: 12px;
    align-items: center;
    justify-content: space-between;
    inline-size: min(560px, 100%);
    padding: 10px 12px;
    border: 1px solid var(--o-line);
    border-radius: var(--o-radius);
    background: var(--o-card);
    box-shadow: var(--o-shadow);
    pointer-events: auto;
  }
  .toast.bad {
    background: var(--o-bad-tint);
    color: var(--o-bad);
  }
  dialog {
    max-inline-size: min(420px, calc(100vw - 32px));
    padding: 20px;
    border: 1px solid var(--o-line);
    border-radius: calc(var(--o-radius) + 2px);
    background: var(--o-card);
    color: var(--o-text);
  }
  dialog::backdrop {
    background: #0000006b;
  }
  dialog form {
    padding: 0;
  }
  dialog .pairs,
  dialog .check {
    margin-block: 12px;
  }
  dialog .pairs {
    grid-template-columns: max-content minmax(0, 1fr);
  }
  @container (max-width: 560px) {
    .wrap {
      padding-inline: 14px;
    }
    header form {
      order: 1;
      flex-basis: 100%;
      max-inline-size: none;
    }
  }
`;var Ys=["overview","queue","merchants","events","settings","access"],bi={o:"overview",r:"queue",m:"merchants",e:"events",s:"settings",a:"access"},ae,Ae,Le,A,he,Dt,Js,Qs,Xs,je,pt,ut,me,Ne,De,te=class extends x{constructor(){super(...arguments);u(this,A);this.base="";this.place=be(location.hash);u(this,ae,new Map);u(this,Ae,new Map);u(this,Le,!1);u(this,je,()=>this.renderRoot.querySelector("dialog").showModal());u(this,pt,()=>this.renderRoot.querySelector("#content").focus());u(this,ut,e=>{e.preventDefault();let t=String(new FormData(e.target).get("q")??"").trim();t&&ye(`${$("search")}?${new URLSearchParams({q:t})}`)});u(this,me,e=>{e&&o(this,Ae).set(this.place.path.join("/"),scrollY),this.place=be(location.hash),o(this,ae).set(o(this,A,he),this.place.query.toString()),e&&this.updateComplete.then(()=>scrollTo(0,o(this,Ae).get(this.place.path.join("/"))??0))});u(this,Ne,()=>this.requestUpdate());u(this,De,e=>{if(this.hidden||Ye(e)||!$e())return;let t=o(this,Le)?bi[e.key]:void 0;if(C(this,Le,e.key==="g"),t)ye(c(this,A,Dt).call(this,t));else if(e.key==="/")this.renderRoot.querySelector("#search").focus();else if(e.key==="?")o(this,je).call(this);else if(e.key==="u")this.decisions.undo();else return;e.preventDefault(),e.stopImmediatePropagation()})}connectedCallback(){super.connectedCallback(),addEventListener("hashchange",o(this,me)),addEventListener("keydown",o(this,De)),this.decisions.addEventListener("change",o(this,Ne)),o(this,me).call(this)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("hashchange",o(this,me)),removeEventListener("keydown",o(this,De)),this.decisions.removeEventListener("change",o(this,Ne))}begin(){}view(){let{branding:e,slug:t,name:s}=this.operator,i=typeof e.company_name=="string"&&e.company_name?e.company_name:t;return r`<header>
        <button class="button skip" type="button" @click=${o(this,pt)}>${l.skip}</button>
        <div class="wrap">
          <h1>${i}</h1>
          <form role="search" @submit=${o(this,ut)}>
            <label class="search">
              <span class="hidden">${l.search.label}</span>${T("search")}
              <input class="input" id="search" type="search" name="q" maxlength="200" placeholder=${l.search.label}
                aria-keyshortcuts="/" .value=${o(this,A,he)==="search"?this.place.query.get("q")??"":""} />
            </label>
          </form>
          <span class="row push">
            <span class="muted small">${s}</span>
            <button class="button quiet icon" type="button" aria-label=${l.keys.title} @click=${o(this,je)}><kbd>?</kbd></button>
            <button class="button" type="button" @click=${()=>this.dispatchEvent(new Event("sign-out"))}>${l.signIn.out}</button>
          </span>
        </div>
      </header>
      <nav aria-label=${l.sections.label}>
        <div class="wrap">
          ${Ys.map(n=>r`<a href=${c(this,A,Dt).call(this,n)} aria-current=${n===o(this,A,he)?"page":p}>${l.sections[n]}</a>`)}
        </div>
      </nav>
      <main class="wrap content" id="content" tabindex="-1">${c(this,A,Js).call(this)}</main>
      ${c(this,A,Qs).call(this)} ${c(this,A,Xs).call(this)}`}};ae=new WeakMap,Ae=new WeakMap,Le=new WeakMap,A=new WeakSet,he=function(){return this.place.path[0]??"overview"},Dt=function(e){let t=e===o(this,A,he)?"":o(this,ae).get(e);return $(e)+(t?`?${t}`:"")},Js=function(){let[e,t]=[o(this,A,he),this.place.path.length>1],s=m=>e===m,i=(m,f,w=!s(m))=>o(this,ae).has(m)?r`<div ?hidden=${w}>${f(o(this,ae).get(m))}</div>`:p,n=[...Ys,"search"].some(s)&&(!t||e==="merchants");return r`
      ${i("overview",()=>r`<console-overview ?active=${s("overview")}></console-overview>`)}
      ${i("queue",m=>r`<console-queue .address=${m} .decisions=${this.decisions} ?active=${s("queue")}></console-queue>`)}
      ${i("merchants",m=>r`<console-merchants .address=${m}></console-merchants>`,!s("merchants")||t)}
      ${i("events",m=>r`<console-events .address=${m}></console-events>`)}
      ${s("merchants")&&t?r`<console-merchant .operator=${this.operator} .place=${this.place} .base=${this.base}></console-merchant>`:p}
      ${s("search")?r`<console-search q=${this.place.query.get("q")??""}></console-search>`:p}
      ${s("settings")?r`<console-settings .base=${this.base}></console-settings>`:p}
      ${s("access")?r`<console-access .operator=${this.operator}></console-access>`:p}
      ${n?p:yi()}
    `},Qs=function(){let e=l.queue,t=s=>{let i=s.status==="approved"?e.approving:e.denying,{title:n}=s;return s.state==="failed"?r`<div class="toast bad" role="alert">
          <span>${_(e.notSent,{title:n,reason:s.error.message})}</span>
          <button class="button" type="button" @click=${()=>this.decisions.dismiss(s.id)}>${this.texts.actions.close}</button>
        </div>`:r`<div class="toast">
        <span>${s.state==="sending"?e.sending:_(e.soon,{decision:i,title:n,n:s.secondsLeft})}</span>
        <button class="button" type="button" ?disabled=${s.state==="sending"} @click=${()=>this.decisions.undo(s.id)}>
          ${e.undo}
        </button>
      </div>`};return r`<div class="toasts">${[...this.decisions.pending.values()].slice(-5).map(t)}</div>`},Xs=function(){let e=l.keys,t=[["/",e.search],["j",e.next],["k",e.previous],["a",e.approve],["d",e.deny],["n",e.note],["u",e.undo],["g",e.go],["?",e.help]];return r`<dialog aria-labelledby="keys">
      <div class="head"><h2 id="keys">${e.title}</h2></div>
      <dl class="pairs">${t.map(([s,i])=>r`<dt><kbd>${s}</kbd></dt><dd>${i}</dd>`)}</dl>
      <label class="check">
        <input type="checkbox" .checked=${$e()} @change=${s=>gs(s.target.checked)} />
        <span>${e.on}</span>
      </label>
      <form method="dialog"><button class="button">${this.texts.actions.close}</button></form>
    </dialog>`},je=new WeakMap,pt=new WeakMap,ut=new WeakMap,me=new WeakMap,Ne=new WeakMap,De=new WeakMap,te.styles=[y,Bs],d([g({attribute:!1})],te.prototype,"operator",2),d([g({attribute:!1})],te.prototype,"decisions",2),d([g()],te.prototype,"base",2),d([b()],te.prototype,"place",2),te=d([v("console-shell")],te);function yi(){let{title:a,hint:h,back:e}=l.nowhere;return D("search",a,h,r`<a class="button" href="#/">${e}</a>`,"status")}var ht,Y=class extends x{constructor(){super(...arguments);this.base="";this.expired=!1;this.known="";this.busy=!1;this.error=null;u(this,ht,async e=>{let{text:t}=K(e);this.busy=!0,this.error=null;let{data:s,error:i}=await ss(this.base,t("key"),t("name"));this.busy=!1,this.error=i,s&&this.dispatchEvent(new CustomEvent("signed-in",{detail:s}))})}begin(){}firstUpdated(){this.updateComplete.then(()=>this.renderRoot.querySelector("input")?.focus())}view(){let e=l.signIn,t=this.error?.status===401?{...this.error,message:e.wrong,details:[]}:this.error;return r`<main>
      <h1>${l.title}</h1>
      ${this.expired?r`<div class="notice warn" role="alert">${T("clock")}<div>${e.expired}</div></div>`:""}
      <form class="card" @submit=${o(this,ht)}>
        ${this.error?.status===401?r`<div class="notice bad" role="alert">${T("alert")}<div>${e.wrong}</div></div>`:q(t,this.texts)}
        ${O("key",e.key,"",t,{type:"password",required:!0,hint:e.keyHint})}
        ${O("name",e.name,this.known,t,{required:!0,maxlength:100,hint:e.nameHint,autocomplete:"name"})}
        <button class="button primary" type="submit" ?disabled=${this.busy}>${e.submit}</button>
      </form>
    </main>`}};ht=new WeakMap,Y.styles=[y,k`
      main {
        display: grid;
        gap: 16px;
        max-inline-size: 26rem;
        margin: 12vh auto 0;
        padding: 0 16px 48px;
      }
      h1 {
        margin: 0;
        font-size: var(--o-title);
        line-height: 1.25;
      }
      .button {
        justify-self: start;
      }
    `],d([g()],Y.prototype,"base",2),d([g({type:Boolean})],Y.prototype,"expired",2),d([g()],Y.prototype,"known",2),d([b()],Y.prototype,"busy",2),d([b()],Y.prototype,"error",2),Y=d([v("console-sign-in")],Y);var $i={name:"",expiresAt:"",scopes:[],slug:"",branding:{}},mt=new URL(".",document.baseURI).href.replace(/\/$/,""),I,fe,gt,Zs,ft,vt,bt,yt,Me,ge=class extends Mt{constructor(){super(...arguments);u(this,gt);this.operator=ts();this.expired=!1;u(this,I,new Ct);u(this,fe,new ze(o(this,I).session));u(this,ft,e=>{this.operator&&this.operator.slug!==e.detail.slug&&o(this,I).querySelector("console-shell")?.remove(),this.operator=e.detail,this.expired=!1,We(e.detail),this.updateComplete.then(()=>o(this,I).session.restart())});u(this,vt,async()=>{await o(this,fe).flush();let e=this.operator;this.operator=null,history.replaceState(null,"",location.pathname),await is(mt,e)});u(this,bt,e=>{this.operator={...this.operator,...e.detail},We(this.operator)});u(this,yt,e=>{e.detail.status===401&&e.detail.code!=="wrong_credential"&&this.operator&&(this.expired=!0)});u(this,Me,()=>{o(this,fe).flush()})}createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),o(this,I).baseUrl=mt,o(this,I).lang=document.documentElement.lang,o(this,I).fetch=Yt(()=>this.operator??$i),this.addEventListener("orderly-error",o(this,yt)),addEventListener("pagehide",o(this,Me))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("pagehide",o(this,Me))}render(){let{operator:e}=this;return o(this,I).sessionToken=e?.token??"nobody",r`${o(this,I)}`}updated(){let{operator:e,expired:t}=this,s=o(this,I).querySelector("console-shell");e&&!s&&o(this,I).prepend(s=c(this,gt,Zs).call(this)),e&&s&&Object.assign(s,{operator:e,hidden:t}),e||s?.remove();let i=!e||t,n=o(this,I).querySelector("console-sign-in");i&&!n&&(n=document.createElement("console-sign-in"),n.addEventListener("signed-in",o(this,ft)),o(this,I).append(n)),i&&n?Object.assign(n,{base:mt,expired:t,known:e?.name??""}):n?.remove()}};I=new WeakMap,fe=new WeakMap,gt=new WeakSet,Zs=function(){let e=Object.assign(document.createElement("console-shell"),{decisions:o(this,fe),base:mt});return e.addEventListener("sign-out",o(this,vt)),e.addEventListener("operator-changed",o(this,bt)),e},ft=new WeakMap,vt=new WeakMap,bt=new WeakMap,yt=new WeakMap,Me=new WeakMap,d([b()],ge.prototype,"operator",2),d([b()],ge.prototype,"expired",2),ge=d([v("orderly-console")],ge);var wi=await ns(navigator.languages);document.documentElement.lang=wi;document.title=l.title;document.body.append(document.createElement("orderly-console"));export{ge as OrderlyConsole};
