import{a as cs,c as ps}from"./chunk-ATAFA3EU.js";import{A as M,B,C as re,D as Ve,E as We,F as ls,G as A,H as Ge,I as P,J as K,K as ds,S as Ke,a as _,b as i,c as d,d as Zt,e as Xt,f as b,g,h as w,i as R,m as es,n as ts,o as Be,p as ss,q as is,r as $e,s as rs,t as E,u as k,v as os,w as N,x as ns,y as G,z as as}from"./chunk-7IBP6QZX.js";import{a as h,b as a,c as m,d as V,e as c}from"./chunk-TMRNBLX7.js";var Ot="/api/v1/embed",qi={id:"",externalId:"",name:null,email:null},Ai=["orders:read"];function hs(n){return async(p,e)=>{let t=new URL(String(p)),s=fs(t);return s==="/session"?At(ms(n(),qi,Ai)):(s.startsWith("/~/")?qt(t,`/api/v1${s.slice(2)}`):s==="/insights"&&qt(t,"/api/v1/insights"),fetch(t,{...e,keepalive:e?.method==="PATCH"}))}}var Pi=[[/^\/(orders|shipments|tracking-pages)(\/[^/]+)?$/,"/api/v1/$1$2"],[/^\/tracking\/([^/]+)$/,"/api/v1/shipments/$1"],[/^\/(webhooks|webhooks\/[^/]+\/(deliveries|replay)|webhooks\/[^/]+\/deliveries\/[^/]+\/retry)$/,"/api/v1/$1"],[/^\/alerts\/notifications$/,"/api/v1/notifications"],[/^\/alerts\/rules$/,"/api/v1/alert-rules"],[/^\/(bridges|bridges\/[^/]+\/runs)$/,"/api/v1/$1"],[/^\/(insights)$/,"/api/v1/$1"]];function us(n,p){return async(e,t)=>{let s=new URL(String(e)),r=fs(s);if(r==="/session")return At(ms(n,p,Li));let[l,u]=Pi.find(([f])=>f.test(r))??[];return l?(qt(s,r.replace(l,u)),s.searchParams.set("end_user_id",p.id),fetch(s,t)):At({code:"not_found",message:"The console does not show this."},404)}}var Li=["bridges:read","orders:read","shipments:read","tracking:read","alerts:read","webhooks:read"],ji=["bridges","data_room","smart_alerts","end_user_webhooks","branded_tracking"];function ms(n,p,e){return{sessionId:"",expiresAt:n.expiresAt,scopes:e,enabledFeatures:ji,allowedBridgeTypes:[],readOnly:!0,endUser:p,organization:{slug:n.slug,branding:{}}}}function fs(n){return n.pathname.slice(n.pathname.indexOf(Ot)+Ot.length)}function qt(n,p){n.pathname=n.pathname.slice(0,n.pathname.indexOf(Ot))+p}function At(n,p=200){let e=p<400?{data:n}:{error:n};return new Response(JSON.stringify(e),{status:p,headers:{"Content-Type":"application/json"}})}var Ye=class extends EventTarget{constructor(e){super();this.pending=new Map;this.#t=new Map;this.#e=e}#e;#t;decide(e){this.pending.get(e.id)?.state!=="sending"&&(this.#i(e.id),this.pending.delete(e.id),this.pending.set(e.id,{...e,state:"waiting",secondsLeft:5e3/1e3,error:null}),this.#t.set(e.id,setInterval(()=>this.#n(e.id),1e3)),this.#s())}undo(e){let t=[...this.pending.values()].filter(({state:r})=>r==="waiting"),s=e?t.find(r=>r.id===e):t.at(-1);return s?(this.#r(s.id),s):null}dismiss(e){this.pending.get(e)?.state==="failed"&&this.#r(e)}async flush(){await Promise.all([...this.pending.values()].filter(({state:e})=>e==="waiting").map(({id:e})=>this.#o(e)))}#n(e){let t=this.pending.get(e);if(!t)return this.#i(e);t.secondsLeft-=1,t.secondsLeft<=0?this.#o(e):this.#s()}async#o(e){let t=this.pending.get(e);this.#i(e),t.state="sending",this.#s();let{status:s,note:r,application:l}=t,u={status:s,...r?{resolutionNote:r}:{},...l?{application:l}:{}},{error:f}=await this.#e.call(x=>x.embed.request("PATCH",`/action-requests/${e}/resolve`,{body:u}));if(f){t.state="failed",t.error=f,this.#s();return}this.#r(e),this.dispatchEvent(new CustomEvent("sent",{detail:t}))}#r(e){this.#i(e),this.pending.delete(e),this.#s()}#i(e){clearInterval(this.#t.get(e)),this.#t.delete(e)}#s(){this.dispatchEvent(new Event("change"))}};var Pt="orderly-console";function vs(){try{let n=JSON.parse(sessionStorage.getItem(Pt)??"null");return n&&Date.parse(n.expiresAt)>Date.now()?n:null}catch{return null}}function Je(n){n?sessionStorage.setItem(Pt,JSON.stringify(n)):sessionStorage.removeItem(Pt)}async function bs(n,p,e){let t=await Lt(n,"POST","/api/v1/console/sessions",p,{name:e});if(t.error)return t;let{token:s,id:r,expires_at:l,scopes:u}=t.data,f=await Lt(n,"GET","/api/v1/embed/config/me",s),{slug:x,branding:se}=f.data??{slug:"",branding:{}};return{data:{token:s,id:r,name:e,expiresAt:l,scopes:u??[],slug:x,branding:se},error:null}}async function ys(n,p){Je(null),await Lt(n,"DELETE",`/api/v1/console/sessions/${p.id}`,p.token)}async function Lt(n,p,e,t,s){try{let r=await fetch(n+e,{method:p,headers:{Authorization:`Bearer ${t}`,...s?{"Content-Type":"application/json"}:{}},body:s&&JSON.stringify(s),credentials:"omit",keepalive:!0}),l=await r.json().catch(()=>null);return r.ok?{data:l?.data??l,error:null}:{data:null,error:gs(r.status,l?.error)}}catch(r){return{data:null,error:gs(0,{code:"NETWORK_ERROR",message:String(r)})}}}function gs(n,p){let{code:e="UNREADABLE_ANSWER",message:t="",details:s=[]}=p??{};return{code:e,message:t,status:n,details:s,requestId:null,retryAfter:null}}function we(n){let[p="",e=""]=n.replace(/^#\/?/,"").split("?");return{path:p.split("/").filter(Boolean).map(Ni),query:new URLSearchParams(e)}}function v(...n){return`#/${n.map(encodeURIComponent).join("/")}`}function $s(n){let p=Object.entries(n).filter(t=>!!t[1]),e=p.length?`?${new URLSearchParams(p)}`:"";history.replaceState(history.state,"",`${location.hash.split("?")[0]||"#/"}${e}`)}function xe(n){location.hash=n}function Ni(n){try{return decodeURIComponent(n)}catch{return n}}var jt={title:"Console",skip:"Skip to the content",actions:"Actions",forbidden:"The API key that you signed in with does not allow it. Sign in with another one.",signIn:{title:"Sign in",key:"API key",keyHint:"It begins with oh_. The console can do what the key can, for 8 hours.",name:"Your name",nameHint:"What you do is logged with it.",submit:"Sign in",expired:"Your session has ended. Sign in again to go on where you were.",wrong:"This is not an API key of this system, or it was revoked.",tooLittle:"This key may not manage merchants. Sign in with one that has the scope embed:manage.",out:"Sign out"},sections:{label:"Sections",overview:"Overview",queue:"Requests",merchants:"Merchants",events:"Events",settings:"Settings",access:"Access"},keys:{title:"Keys",search:"search",next:"next request",previous:"previous request",approve:"approve",deny:"deny",note:"write a note; Ctrl+Enter approves",undo:"undo the last decision",go:"then o, r, m, e, s, a: go to a section",help:"these keys",on:"React to these keys"},search:{title:"Search",number:"Number",label:"Order, tracking number, e-mail or merchant",hint:"Orders and shipments by their whole number or e-mail address, merchants by the beginning of their name.",none:"Nothing was found.",order:"Order",shipment:"Shipment",merchant:"Merchant",allMerchants:"All merchants that match",found:{one:"{n} result for “{q}”",other:"{n} results for “{q}”"}},overview:{title:"Overview",requests:"Open requests",exceptions:"Shipments held up",connections:"Connections in error",failing:"Failing webhooks",disabled:"Webhooks switched off",merchants:"Merchants",orders:"Orders",shipments:"Shipments",allRequests:"Requests",none:"None yet."},troubles:{why:"Reason",lastSync:"Last synchronized",lastSuccess:"Last delivered",nobody:"Of no merchant",own:"Your own webhook",byHand:"Switched off by hand",noExceptions:"No shipment is held up",noConnections:"All connections work",noneFailing:"No webhook is failing",noneDisabled:"No webhook is switched off"},queue:{title:"Requests",empty:"Nothing waits for a decision",emptyHint:"Requests of merchants appear here.",order:"Order",customer:"Customer",merchant:"Merchant",asked:"Asked",expires:"Expires",reason:"Reason",changes:"Change",policy:"Policy",note:"Note to the merchant",noteHint:"Sent with your decision.",approve:"Approve",deny:"Deny",approving:"Approved",denying:"Denied",soon:"{decision}: {title}. Sent in {n} s.",sending:"Sending…",notSent:"{title} was not decided: {reason}",undo:"Undo",refund:"Also pay back what the shopper paid",notify:"Let the shop write to the shopper",decided:"Decided by {who}, {time}",answer:"Note",application:"At the shop",retry:"Try again",markDone:"Mark as done",doneNote:"What was done (optional)",deleted:"deleted",policies:{off:"Not allowed by your settings now.",auto:"Approved without you while the policy holds.",person:"Decided by a person.",window:"Within {n} minutes of the order.",until:"Until the order is “{status}”."},new:"There are newer requests.",show:"Show them"},merchants:{title:"Merchants",search:"Name, e-mail or your id",empty:"No merchants yet",emptyHint:"A merchant appears once your application opens a session for them.",merchant:"Merchant",id:"Your id",email:"E-mail",connections:"Connections",since:"Since",view:"See what they see",viewHint:"Opens the portal for 15 minutes. Nothing can be changed there, and it is logged.",opened:"The portal was opened in a new tab.",blocked:"Your browser blocked the new tab. Open it here:",open:"Open the portal",tabs:{orders:"Orders",shipments:"Shipments",connections:"Connections",webhooks:"Webhooks",alerts:"Alerts",pages:"Tracking pages",figures:"Figures",sessions:"Sessions",events:"Events"},sessions:{empty:"No live sessions",emptyHint:"The merchant is not signed in anywhere.",kind:"Kind",kinds:{server:"By your server",auto:"By the browser",read_only:"Read-only"},begun:"Begun",ends:"Ends",end:"End",endAll:"End all sessions",endAllSure:"End all sessions now",allEnded:"All sessions were ended."}},events:{title:"Event log",empty:"Nothing has happened yet",event:"Event",about:"About",by:"By",time:"Time",type:"Type",typeHint:"order.created",details:"Details",apply:"Filter"},why:{title:"Why did it not arrive?",link:"Why did it not arrive?",hint:"What happened to order {number}, and what each webhook was told of it.",verdicts:{fine:"Everything was delivered.",none:"No webhook was told of this order. The reasons are below.",noWebhooks:"The merchant has no webhook.",failed:{one:"{n} delivery failed.",other:"{n} deliveries failed."},pending:{one:"{n} delivery waits for its next attempt.",other:"{n} deliveries wait for their next attempt."},skipped:{one:"{n} delivery was skipped.",other:"{n} deliveries were skipped."},dropped:{one:"{n} delivery was given up.",other:"{n} deliveries were given up."}},dropped:"Given up",attempt:"Attempt {n}",receiver:"Webhook",answer:"Answer",retry:"Send again",earlier:{one:"{n} earlier attempt",other:"{n} earlier attempts"},off:"Switched off:",own:"Your own webhook",deleted:"A deleted webhook",notSent:"Not sent to {webhook}. {why}",eventId:"Event {id}",noEvents:"There are no events of this order.",reasons:{queued:"It is about to be sent.",retrying:"It is tried again.",breaker_open:"Its receiver keeps failing. Deliveries are held back until it answers again.",organization_suspended:"The organization is suspended.",switched_off:"It was switched off. Send it again once it is on.",webhook_deleted:"It was deleted.",not_subscribed:"It does not want this event.",filtered:"Its condition does not hold for this event.",feature_disabled:"Webhooks were not among the features.",created_later:"It was added later.",webhook_inactive:"It was switched off.",not_recorded:"Nothing was recorded."}},settings:{title:"Settings",brand:"Brand",company:"Company name",colour:"Brand colour",logo:"Logo (https address)",email:"E-mail for shoppers",url:"Help page",phone:"Phone for shoppers",saved:"Saved.",preview:"Preview",portal:"Portal",tracking:"Tracking page",trackingHint:"With the saved name and logo, and the colour above.",light:"Light",dark:"Dark",contrast:"White text on this colour has a contrast of {n} : 1.",contrastGood:"That is enough (4.5 : 1).",contrastAdjusted:"That is less than 4.5 : 1, so text is shown as {text} on {fill}.",badColour:"A colour such as #0f766e",policies:"Requests of merchants",policiesHint:"What merchants may ask for an order, and what needs no decision of yours.",allowed:"Allowed",auto:"Approve without asking",minutes:"Minutes since the order",until:"Until the order is",always:"Always",general:"General",slug:"Slug",origins:"Pages that may call the API and show the portal, one a line",features:"Features",featureNames:{bridges:"Connections",data_room:"Orders and shipments",action_requests:"Requests",smart_alerts:"Alerts",end_user_webhooks:"Webhooks",branded_tracking:"Tracking pages"},active:"The embed is active. Without it, merchants see nothing.",publishable:"Publishable key",choose:"Choose a colour"},access:{keys:"API keys",name:"Name",scopes:"May",scopeNames:{"embed:manage":"manage merchants, settings and requests","bridges:sync":"send orders and shipments","keys:manage":"manage API keys"},used:"Last used",never:"Never",expires:"Expires",no:"Never",create:"Create key",add:"New key",once:"This is the key. It is shown only now.",revoke:"Revoke",operators:"Signed in to the console",operator:"Name",begun:"Since",until:"Until",end:"End",you:"You",noOperators:"Nobody is signed in."},nowhere:{title:"There is nothing here",hint:"The link may be old or incomplete.",back:"Back to the start"}};var ws={de:async()=>(await import("./de-7COYPMF2.js")).de,es:async()=>(await import("./es-6L3ZPXYA.js")).es,fr:async()=>(await import("./fr-P6C4NAKP.js")).fr,pt:async()=>(await import("./pt-GNYGWKZI.js")).pt},o=jt;async function xs(n){let e=n.map(s=>s.toLowerCase().split("-")[0]).find(s=>s==="en"||Object.hasOwn(ws,s))??"en",t=await ws[e]?.().catch(()=>null);return o=t??jt,t?e:"en"}var T=class extends as{constructor(){super(...arguments);this.needs=["",[]]}get isAllowed(){return!0}problem(e){return ks(this,e)??super.problem(e)}};function ks({texts:n},{error:p}){return p?.status===403?k("lock",os(p,n),o.forbidden,d,"alert"):null}var z=class extends ds{constructor(){super(...arguments);this.needs=["",[]];this.address="";this.#e=null}get isAllowed(){return!0}problem(e){return ks(this,e)??super.problem(e)}willUpdate(e){super.willUpdate(e),e.has("address")&&this.address!==this.#e&&this.#t()}#e;#t(){let{cursors:e,...t}=Object.fromEntries(new URLSearchParams(this.address));this.filters=t,this.cursors=e?e.split(","):[],this.#e=this.address,this.page.asked&&this.page.load()}placed(){$s({...this.filters,cursors:this.cursors.join(",")}),this.#e=we(location.hash).query.toString()}async read(e,t,s){return await e.embed.request("GET",this.path,{query:t,...s})}csv(){return{name:"",rows:[]}}};h([g()],z.prototype,"address",2);function q(...n){let p=e=>typeof e=="string"?e:i`<span class="hidden">${e.hidden}</span>`;return i`<tr role="row">${n.map(e=>i`<th role="columnheader">${p(e)}</th>`)}</tr>`}var y=[es,ts,ls,_`
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
    /* Short words, which a narrow column must not break. */
    td.end {
      white-space: nowrap;
    }
    td.short {
      overflow-wrap: break-word;
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
  `];var Mi=["embed:manage","bridges:sync","keys:manage"],L,Ts,Rs,Nt,_s,Es,Qe,Ze,Ss,Os,Z=class extends T{constructor(){super(...arguments);m(this,L);this.adding=!1;this.sure=null;this.created=null;this.action=new G(this);this.keys=new M(this,(e,t)=>e.embed.request("GET",`${"/~"}/api-keys`,t));this.operators=new M(this,(e,t)=>e.embed.request("GET",`${"/~"}/console/sessions`,t));m(this,Qe,async()=>{this.adding=!0,this.created=null,this.action.clear(),await this.updateComplete,this.renderRoot.querySelector("[name=name]").focus()});m(this,Ze,async e=>{let{data:t,text:s}=K(e),r=s("expires"),l=t.getAll("scopes"),u={name:s("name"),scopes:l,...r?{expiresAt:new Date(`${r}T23:59:59`).toISOString()}:{}},f=await this.action.run("create",(x,se)=>x.embed.request("POST",`${"/~"}/api-keys`,{body:u,...se}));f&&(this.created=f,this.adding=!1,await this.keys.load())})}begin(){this.keys.asked||this.keys.load(),this.operators.asked||this.operators.load()}view(){let e=o.access;return i`<div class="stack">
      <div class="head">
        <h2>${e.keys}</h2>
        <button class="button primary push" type="button" ?hidden=${this.adding} @click=${a(this,Qe)}>${E("plus")}${e.add}</button>
      </div>
      ${this.created?c(this,L,_s).call(this,this.created):d} ${this.adding?c(this,L,Es).call(this):d}
      ${this.adding?d:P(this.action.error,this.texts)}
      <div class="card scroll cards">${c(this,L,Ts).call(this)}</div>
      <div class="head"><h2>${e.operators}</h2></div>
      <div class="card scroll cards">${c(this,L,Rs).call(this)}</div>
    </div>`}};L=new WeakSet,Ts=function(){let e=o.access,t=this.keys.answer?.data;return t?i`<table role="table">
      <thead role="rowgroup">${q(e.name,e.scopes,e.used,e.expires,{hidden:o.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>i`<tr role="row">
            <td role="cell" class="first">${s.name}<span class="also code">${s.prefix}…</span></td>
            <td role="cell" class="wide">${s.scopes.map(r=>e.scopeNames[r]??r).join(", ")}</td>
            <td role="cell" class="muted wide short">${s.last_used_at?this.format.dateTime(s.last_used_at):e.never}</td>
            <td role="cell" class="muted wide short">${s.expires_at?this.format.dateTime(s.expires_at):e.no}</td>
            <td role="cell" class="second end">${c(this,L,Nt).call(this,s.id,e.revoke,()=>c(this,L,Ss).call(this,s.id))}</td>
          </tr>`)}
      </tbody>
    </table>`:this.keys.error&&!this.keys.loading?this.problem(this.keys):N(3,this.texts)},Rs=function(){let e=o.access,t=this.operators.answer?.data;return t?t.length?i`<table role="table">
      <thead role="rowgroup">${q(e.operator,e.begun,e.until,{hidden:o.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>i`<tr role="row">
            <td role="cell" class="first">${s.name} ${s.id===this.operator.id?i`<span class="badge">${e.you}</span>`:d}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              ${s.id===this.operator.id?d:c(this,L,Nt).call(this,s.id,e.end,()=>c(this,L,Os).call(this,s.id))}
            </td>
          </tr>`)}
      </tbody>
    </table>`:k("lock",e.noOperators,d,d,"status"):this.operators.error&&!this.operators.loading?this.problem(this.operators):N(2,this.texts)},Nt=function(e,t,s){let r=this.sure===e;return i`<button
      class="link"
      type="button"
      ?disabled=${this.action.busy!==null}
      @click=${()=>r?s():this.sure=e}
      @blur=${()=>this.sure=null}
    >
      ${r?this.texts.actions.sure:t}
    </button>`},_s=function(e){return i`<div class="notice good" role="status">
      ${E("lock")}
      <div class="stack">
        <p><strong>${e.name}</strong>: ${o.access.once}</p>
        <div class="secret"><code class="code">${e.key}</code>${Ve(e.key,this.texts)}</div>
      </div>
    </div>`},Es=function(){let e=o.access,t=this.action.error,s=Mi.filter(r=>!this.operator.scopes.length||this.operator.scopes.includes(r));return i`<form class="card" @submit=${a(this,Ze)}>
      ${P(t,this.texts)} ${A("name",e.name,"",t,{required:!0,maxlength:100})}
      <fieldset>
        <legend>${e.scopes}</legend>
        ${s.map(r=>i`<label class="check">
            <input type="checkbox" name="scopes" value=${r} /><span>${e.scopeNames[r]} <span class="hint code">${r}</span></span>
          </label>`)}
      </fieldset>
      ${A("expires",e.expires,"",t,{type:"date"})}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${e.create}</button>
        <button class="button" type="button" @click=${()=>this.adding=!1}>${this.texts.actions.cancel}</button>
      </div>
    </form>`},Qe=new WeakMap,Ze=new WeakMap,Ss=async function(e){this.sure=null,await this.action.run(e,t=>t.embed.request("DELETE",`${"/~"}/api-keys/${e}`))&&await this.keys.load()},Os=async function(e){this.sure=null,await this.action.run(e,s=>s.embed.request("DELETE",`${"/~"}/console/sessions/${e}`))&&await this.operators.load()},Z.styles=[y],h([g({attribute:!1})],Z.prototype,"operator",2),h([w()],Z.prototype,"adding",2),h([w()],Z.prototype,"sure",2),h([w()],Z.prototype,"created",2),Z=h([b("console-access")],Z);var Xe,qs,et,oe=class extends z{constructor(){super(...arguments);m(this,Xe);this.merchant="";this.shown=null;this.path="/events";m(this,et,e=>{this.filter({event_type:K(e).text("event_type")})})}read(e,t,s){return super.read(e,this.merchant?{...t,end_user_id:this.merchant}:t,s)}view(){let e=o.events;return i`<section class="stack">
      ${this.merchant?d:i`<div class="head"><h2>${e.title}</h2></div>`}
      <form role="search" @submit=${a(this,et)}>
        <label class="field">
          <span>${e.type}</span>
          <input class="input" name="event_type" list="types" maxlength="100" placeholder=${e.typeHint} .value=${this.filters.event_type??""} />
          <datalist id="types">${Object.keys(this.texts.events).map(t=>i`<option value=${t}></option>`)}</datalist>
        </label>
        ${this.dayField("from")} ${this.dayField("to")}
        <div><button class="button" type="submit">${e.apply}</button></div>
      </form>
      ${this.list()}
    </section>`}head(){let e=o.events;return q(e.event,e.about,e.by,e.time)}row(e){let t=this.shown===e.id,s=Object.keys(e.metadata).length>0;return i`<tr role="row">
      <td role="cell" class="first">
        ${Object.hasOwn(this.texts.events,e.event_type)?i`${We(e.event_type,this.texts)} <span class="also code">${e.event_type}</span>`:i`<span class="code">${e.event_type}</span>`}
        ${s?i`<button class="link small" type="button" aria-expanded=${t} @click=${()=>this.shown=t?null:e.id}>
              ${o.events.details}
            </button>`:d}
        ${t?i`<pre>${JSON.stringify(e.metadata,null,2)}</pre>`:d}
      </td>
      <td role="cell" class="wide">${c(this,Xe,qs).call(this,e)}</td>
      <td role="cell" class="muted wide by">${Ii(e)}</td>
      <td role="cell" class="muted date">${this.format.dateTime(e.created_at)}</td>
    </tr>`}empty(){return k("inbox",o.events.empty,d,d,"status")}};Xe=new WeakSet,qs=function(e){let t=i`<span class="also code">${e.resource_type} ${e.resource_id??d}</span>`,s=e.resource_type==="shipment";if(e.end_user_id&&e.resource_id&&(s||e.resource_type==="order")){let r=v("merchants",e.end_user_id,s?"shipments":"orders",e.resource_id);return i`<a href=${r}>${s?o.search.shipment:o.search.order}</a> ${t}`}return e.end_user_id&&!this.merchant?i`<a href=${v("merchants",e.end_user_id)}>${o.search.merchant}</a> ${t}`:t},et=new WeakMap,oe.styles=[y,Be,_`
      form {
        padding: 0;
        grid-template-columns: repeat(auto-fit, minmax(min(160px, 100%), 1fr));
        align-items: end;
      }
      .by {
        min-inline-size: 9em;
      }
    `],h([g()],oe.prototype,"merchant",2),h([w()],oe.prototype,"shown",2),oe=h([b("console-events")],oe);function Ii(n){let{operator:p,actor_name:e}=n.metadata,t=p??e;return typeof t=="string"?t:n.ip_address??""}var As="orderly-console-keys";function ke(){return sessionStorage.getItem(As)!=="off"}function Ps(n){sessionStorage.setItem(As,n?"on":"off")}function tt(n){let p=n.composedPath()[0];return n.ctrlKey||n.metaKey||n.altKey||n.isComposing||n.defaultPrevented?!0:p instanceof Element&&p.matches("input:not([type=checkbox]), textarea, select, [contenteditable], dialog *, dialog")}var Ls=n=>(...p)=>({_$litDirective$:n,values:p}),st=class{constructor(p){}get _$AU(){return this._$AM._$AU}_$AT(p,e,t){this._$Ct=p,this._$AM=e,this._$Ci=t}_$AS(p,e){return this.update(p,e)}update(p,e){return this.render(...e)}};var{I:Fr}=Zt;var Di={},js=(n,p=Di)=>n._$AH=p;var Ns=Ls(class extends st{constructor(){super(...arguments),this.key=d}render(n,p){return this.key=n,p}update(n,[p,e]){return p!==this.key&&(js(n),this.key=p),e}});var ce,Ms,Is,it,ie=class extends T{constructor(){super(...arguments);m(this,ce);this.merchant="";this.sure=!1;this.told="";this.action=new G(this);this.sessions=new M(this,(e,t)=>e.embed.request("GET",`/users/${this.merchant}/sessions`,t));m(this,it,async()=>{let e=await this.action.run("all",t=>t.embed.request("DELETE",`/users/${this.merchant}/sessions`));this.sure=!1,e&&(this.told=o.merchants.sessions.allEnded,await this.sessions.load())})}begin(){this.sessions.asked||this.sessions.load()}view(){let e=o.merchants.sessions,t=this.sessions.answer?.data;return i`<section class="stack">
      ${P(this.action.error,this.texts)}
      ${this.told?i`<div class="notice good" role="status">${this.told}</div>`:d}
      ${t?.length?i`<div class="row">
            ${this.sure?i`<button class="button danger" type="button" ?disabled=${this.action.busy!==null} @click=${a(this,it)}>${e.endAllSure}</button>
                  <button class="button" type="button" @click=${()=>this.sure=!1}>${this.texts.actions.cancel}</button>`:i`<button class="button danger" type="button" @click=${()=>this.sure=!0}>${e.endAll}</button>`}
          </div>`:d}
      <div class="card scroll cards">${c(this,ce,Ms).call(this,t)}</div>
    </section>`}};ce=new WeakSet,Ms=function(e){let t=o.merchants.sessions;return e?e.length?i`<table role="table">
      <thead role="rowgroup">${q(t.kind,t.begun,t.ends,{hidden:o.actions})}</thead>
      <tbody role="rowgroup">
        ${e.map(s=>i`<tr role="row">
            <td role="cell" class="first">${t.kinds[s.kind]??s.kind}<span class="also">${s.scopes.join(" ")}</span></td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              <button class="link" type="button" ?disabled=${this.action.busy!==null} @click=${()=>c(this,ce,Is).call(this,s.id)}>${t.end}</button>
            </td>
          </tr>`)}
      </tbody>
    </table>`:k("lock",t.empty,t.emptyHint,d,"status"):this.sessions.error&&!this.sessions.loading?this.problem(this.sessions):N(3,this.texts)},Is=async function(e){await this.action.run(e,s=>s.embed.request("DELETE",`/sessions/${e}`))&&await this.sessions.load()},it=new WeakMap,ie.styles=[y],h([g()],ie.prototype,"merchant",2),h([w()],ie.prototype,"sure",2),h([w()],ie.prototype,"told",2),ie=h([b("console-sessions")],ie);var $,pe,Fs,zs,Cs,Bs,Vs,Ws,Gs,Mt,It,Ks,ne=class extends z{constructor(){super(...arguments);m(this,$);this.merchant="";this.order="";this.action=new G(this)}get path(){return`${"/~"}/orders/${encodeURIComponent(this.order)}/deliveries`}view(){let e=o.why,t=a(this,$,pe)?.order;return i`<section class="stack">
      <div class="head">
        <a class="button quiet icon" href=${v("merchants",this.merchant,"orders",t?.id??this.order)} aria-label=${this.texts.actions.back}>${E("back")}</a>
        <h2>${e.title}</h2>
      </div>
      ${t?c(this,$,Fs).call(this,t):d} ${P(this.action.error,this.texts)} ${this.list()}
    </section>`}list(){let{answer:e,error:t,loading:s}=this.page;return t&&!s?i`<div class="card">${this.problem(this.page)}</div>`:e?this.rows.length?i`<div class="stack ${s?"stale":""}" aria-busy=${s}>${this.rows.map(r=>this.row(r))}</div>
      ${this.pager(e.pagination)}`:i`<div class="card">${this.empty()}</div>`:i`<div class="card">${N(6,this.texts)}</div>`}row(e){let t=e.deliveries.filter(l=>l.status!=="not_sent"),s=e.deliveries.filter(l=>l.status==="not_sent"),r=We(e.event_type,this.texts);return i`<section class="card event">
      <div class="row">
        <h3>${r}</h3>
        ${r===e.event_type?d:i`<span class="muted small code">${e.event_type}</span>`}
        ${c(this,$,Bs).call(this,e)}
        <time class="muted small push" datetime=${e.created_at}>${this.format.dateTime(e.created_at)}</time>
      </div>
      ${t.length?i`<div class="scroll cards">
            <table role="table">
              <thead role="rowgroup">${this.head()}</thead>
              <tbody role="rowgroup">${t.map(l=>c(this,$,Vs).call(this,l))}</tbody>
            </table>
          </div>`:d}
      ${s.length?i`<ul class="small muted">
            ${s.map(l=>i`<li>${R(o.why.notSent,{webhook:c(this,$,It).call(this,l),why:Hs(l)})}</li>`)}
          </ul>`:d}
      <details>
        <summary>${R(o.why.eventId,{id:e.id})}</summary>
        <pre>${JSON.stringify({...e,deliveries:void 0},null,2)}</pre>
      </details>
    </section>`}head(){let e=o.why;return q(e.receiver,this.texts.list.status,e.answer,this.texts.webhooks.time)}empty(){return k("inbox",o.why.noEvents,d,d,"status")}};$=new WeakSet,pe=function(){return this.page.answer},Fs=function(e){let t=e.order_number??e.external_id;return i`<p>${R(o.why.hint,{number:t})} ${B(e.status,this.texts)}</p>
      ${c(this,$,zs).call(this)} ${c(this,$,Cs).call(this)}`},zs=function(){let e=o.why.verdicts,t=this.rows.flatMap(({deliveries:u})=>u),s=u=>t.filter(f=>f.status===u).length,r=["failed","dropped","pending","skipped"].filter(u=>s(u)>0),l=(u,f)=>i`<div class="notice ${u}" role="status">${E(u==="good"?"check":"alert")}<div>${f}</div></div>`;if(r.length){let u=r.map(f=>this.format.plural(s(f),e[f]));return l(r[0]==="failed"||r[0]==="dropped"?"bad":"warn",u.join(" "))}return s("succeeded")?l("good",e.fine):l("warn",a(this,$,pe).webhooks.length?e.none:e.noWebhooks)},Cs=function(){let e=a(this,$,pe).webhooks.filter(t=>t.is_active===!1);return e.length?i`<div class="notice warn">
      ${E("alert")}
      <div>
        ${o.why.off}
        <ul>${e.map(t=>i`<li>${Ds(t)}${t.disabled_reason?`: ${t.disabled_reason}`:d}</li>`)}</ul>
      </div>
    </div>`:d},Bs=function({resource_type:e,resource_id:t}){let s=e==="shipment"&&a(this,$,pe).order.shipments.find(r=>r.id===t);return s?i`<a class="link code small" href=${v("merchants",this.merchant,"shipments",s.id)}>
      ${s.tracking_number??o.search.shipment}
    </a>`:d},Vs=function(e){let t=e.attempts.at(-1),s=e.attempts.slice(0,-1).toReversed(),r=this.action.busy!==null;return i`<tr role="row">
      <td role="cell" class="first">${c(this,$,It).call(this,e)}</td>
      <td role="cell" class="second">
        ${e.status==="dropped"?i`<span class="badge bad">${o.why.dropped}</span>`:B(e.status,this.texts)}
      </td>
      <td role="cell" class="wide">
        ${t?Us(t):d} ${e.reason?i`<span class="also">${Hs(e)}</span>`:d}
        ${e.next_attempt_at?i`<span class="also">${R(this.texts.webhooks.nextAttempt,{time:this.format.dateTime(e.next_attempt_at)})}</span>`:d}
        ${s.length?c(this,$,Ws).call(this,s):d}
      </td>
      <td role="cell" class="muted wide">
        ${t?this.format.dateTime(t.attempted_at):d}
        ${t?i`<span class="also">${R(o.why.attempt,{n:t.attempt})}</span>`:d}
        ${c(this,$,Gs).call(this,e)?i`<button class="link small" type="button" ?disabled=${r} @click=${()=>c(this,$,Ks).call(this,e)}>${o.why.retry}</button>`:d}
      </td>
    </tr>`},Ws=function(e){return i`<details>
      <summary>${this.format.plural(e.length,o.why.earlier)}</summary>
      ${e.map(t=>i`<p class="small muted">${this.format.dateTime(t.attempted_at)} ${Us(t)}</p>`)}
    </details>`},Gs=function({status:e,webhook_id:t}){return["failed","pending","skipped"].includes(e)&&c(this,$,Mt).call(this,t)?.is_active===!0},Mt=function(e){return a(this,$,pe).webhooks.find(t=>t.id===e)},It=function({webhook_id:e}){let t=c(this,$,Mt).call(this,e);return t?Ds(t):o.why.deleted},Ks=async function({webhook_id:e,delivery_id:t,type:s}){let r=s==="organization"?"/organization-webhook":`${"/~"}/webhooks/${e}`,l=s==="organization"?{}:{end_user_id:this.merchant},u=`${r}/deliveries/${t}/retry`;await this.action.run(u,f=>f.embed.request("POST",u,{query:l}))&&this.refresh()},ne.styles=[y,Be,_`
      .event > .row {
        padding: 12px 16px 4px;
      }
      .event ul {
        padding: 4px 16px 0;
      }
      .event > details {
        padding: 8px 16px 12px;
      }
      details summary {
        cursor: pointer;
        color: var(--o-accent);
        font-size: var(--o-small);
        font-weight: 550;
      }
      .notice ul {
        margin-block-start: 4px;
      }
    `],h([g()],ne.prototype,"merchant",2),h([g()],ne.prototype,"order",2),ne=h([b("console-why")],ne);function Ds({description:n,type:p,url:e}){return n??(p==="organization"?o.why.own:e??o.why.deleted)}function Hs({reason:n}){return n===null?"":o.why.reasons[n]??n}function Us({response_status:n,error_class:p,error:e,response_snippet:t}){let s=[e,t].filter(Boolean).join(`
`);return i`${n??p??d} ${s?i`<pre>${s}</pre>`:d}`}var rt={orders:()=>i`<orderly-orders></orderly-orders>`,shipments:()=>i`<orderly-shipments></orderly-shipments>`,connections:()=>i`<orderly-bridges></orderly-bridges>`,webhooks:()=>i`<orderly-webhooks></orderly-webhooks>`,alerts:()=>i`<orderly-alerts></orderly-alerts>`,pages:()=>i`<orderly-tracking-pages></orderly-tracking-pages>`,figures:()=>i`<orderly-insights></orderly-insights>`},Ys=["sessions","events"],Hi={order:"orders",shipment:"shipments",connect:"connections",trackingPages:"pages"},he,ue,D,Te,Js,Dt,Qs,ot,nt,Zs,J=class extends T{constructor(){super(...arguments);m(this,D);this.base="";this.portalUrl=null;this.opened=!1;this.action=new G(this);this.merchant=new M(this,(e,t)=>e.embed.request("GET",`/users/${encodeURIComponent(a(this,D,Te))}`,t));m(this,he,"");m(this,ue,null);m(this,ot,e=>{let{view:t,id:s}=e.detail,r=Hi[t]??t;r in rt&&(e.preventDefault(),xe(v("merchants",a(this,D,Te),r,...s===null?[]:[s])))});m(this,nt,async()=>{let e=window.open("about:blank","_blank"),t={externalId:this.merchant.answer.data.external_id,readOnly:!0},s=await this.action.run("view",r=>r.embed.request("POST","/sessions",{body:t}));this.portalUrl=s?.portalUrl??null,this.opened=!1,e&&s?(e.opener=null,e.location.replace(s.portalUrl),this.opened=!0):e?.close()})}begin(){a(this,he)!==a(this,D,Te)&&(V(this,he,a(this,D,Te)),this.merchant.clear(),this.portalUrl=null,this.opened=!1,V(this,ue,null),this.merchant.load())}updated(e){e.has("place")&&this.session?.usable&&(this.merchant.error&&!this.merchant.loading&&V(this,he,""),this.begin()),Ke(this.renderRoot.querySelector(".tabs"))}view(){let e=this.merchant.answer?.data;if(!e){let r=this.merchant.error&&!this.merchant.loading?this.problem(this.merchant):N(6,this.texts);return i`<div class="stack"><div class="head">${c(this,D,Dt).call(this)}</div><div class="card">${r}</div></div>`}let t=a(this,D,Js),s=o.merchants.tabs;return i`<section class="stack">
      <div class="head">
        ${c(this,D,Dt).call(this)}
        <h2>${e.name??e.external_id}</h2>
        <span class="muted">
          ${e.name?i`<span class="code">${e.external_id}</span>`:d} ${e.email??d}
        </span>
        <button class="button push" type="button" title=${o.merchants.viewHint} ?disabled=${this.action.busy!==null} @click=${a(this,nt)}>
          ${o.merchants.view}
        </button>
      </div>
      ${P(this.action.error,this.texts)} ${c(this,D,Zs).call(this)}
      <nav class="tabs" aria-label=${e.name??e.external_id}>
        ${[...Object.keys(rt),...Ys].map(r=>i`<a href=${v("merchants",e.id,r)} aria-current=${r===t?"page":d}>${s[r]}</a>`)}
      </nav>
      ${c(this,D,Qs).call(this,e,t)}
    </section>`}};he=new WeakMap,ue=new WeakMap,D=new WeakSet,Te=function(){return this.place.path[1]},Js=function(){let e=this.place.path[2]??"orders";return e==="why"?"orders":e in rt||Ys.includes(e)?e:"orders"},Dt=function(){return i`<a class="button quiet icon" href=${v("merchants")} aria-label=${this.texts.actions.back}>${E("back")}</a>`},Qs=function(e,t){if(t==="sessions")return i`<console-sessions .merchant=${e.id}></console-sessions>`;if(t==="events")return i`<console-events .merchant=${e.id} .address=${this.place.query.toString()}></console-events>`;let{id:s,external_id:r,name:l,email:u}=e;a(this,ue)??V(this,ue,us(this.operator,{id:s,externalId:r,name:l,email:u}));let[,,f,x]=this.place.path;if(f==="why"&&x){let se=this.place.query.toString();return i`${Ns(x,i`<console-why .merchant=${s} .order=${x} .address=${se}></console-why>`)}`}return i`<orderly-embed
      .baseUrl=${this.base}
      .sessionToken=${this.operator.token}
      .fetch=${a(this,ue)}
      @orderly-navigate=${a(this,ot)}
    >
      <div ?hidden=${x!==void 0}>${rt[t]()}</div>
      ${f==="orders"&&x?i`<div class="stack">
            <div><a class="button" href=${v("merchants",s,"why",x)}>${o.why.link}</a></div>
            <orderly-order order-id=${x} back></orderly-order>
          </div>`:d}
      ${f==="shipments"&&x?i`<orderly-tracking shipment-id=${x} back></orderly-tracking>`:d}
    </orderly-embed>`},ot=new WeakMap,nt=new WeakMap,Zs=function(){if(!this.portalUrl)return d;let e=o.merchants;return i`<div class="notice" role="status">
      <div>
        ${this.opened?e.opened:i`${e.blocked} <a class="link" href=${this.portalUrl} target="_blank" rel="noopener noreferrer">${e.open}</a>`}
        ${e.viewHint}
      </div>
    </div>`},J.styles=[y,_`
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
    `],h([g({attribute:!1})],J.prototype,"operator",2),h([g({attribute:!1})],J.prototype,"place",2),h([g()],J.prototype,"base",2),h([w()],J.prototype,"portalUrl",2),h([w()],J.prototype,"opened",2),J=h([b("console-merchant")],J);var Re=class extends z{constructor(){super(...arguments);this.path="/users"}view(){return i`<section class="stack">
      <div class="head"><h2>${o.merchants.title}</h2></div>
      <div class="toolbar">${this.searchField(o.merchants.search)}</div>
      ${this.list()}
    </section>`}head(){let e=o.merchants;return q(e.merchant,e.id,e.email,e.connections,e.since)}row(e){return i`<tr role="row">
      <td role="cell" class="first"><a href=${v("merchants",e.id)}>${e.name??e.external_id}</a></td>
      <td role="cell" class="code wide">${e.external_id}</td>
      <td role="cell" class="wide">${e.email}</td>
      <td role="cell" class="number second">${this.format.number(e.bridge_count)}</td>
      <td role="cell" class="muted nowrap date">${this.format.date(e.created_at)}</td>
    </tr>`}empty(){return k("inbox",o.merchants.empty,o.merchants.emptyHint,d,"status")}};Re.styles=[y],Re=h([b("console-merchants")],Re);var j,Xs,ei,ae,at,me=class extends T{constructor(){super(...arguments);m(this,j);this.active=!1;this.counts=new M(this,(e,t)=>e.embed.request("GET",`${"/~"}/overview`,t))}begin(){this.counts.asked||this.counts.load()}willUpdate(e){e.has("active")&&this.active&&this.counts.answer&&this.counts.load()}view(){return i`<div class="stack">
      <h2>${o.overview.title}</h2>
      ${c(this,j,Xs).call(this)}
      <orderly-insights></orderly-insights>
    </div>`}};j=new WeakSet,Xs=function(){let{answer:e,error:t,loading:s}=this.counts;return t&&!s?i`<div class="card">${this.problem(this.counts)}</div>`:e?c(this,j,ei).call(this,e.data):i`<div class="card">${N(5,this.texts)}</div>`},ei=function({end_users:e,orders:t,shipments:s,action_requests:r,bridges:l,webhooks:u}){let f=o.overview,{capped:x}=u;return i`<div class="tiles">
        ${c(this,j,ae).call(this,f.requests,r.pending??0,v("queue"))}
        ${c(this,j,ae).call(this,f.exceptions,s.exception??0,v("overview","shipments"),!0)}
        ${c(this,j,ae).call(this,f.connections,l.error??0,v("overview","connections"),!0)}
        ${c(this,j,ae).call(this,f.failing,u.failing,`${v("overview","webhooks")}?state=failing`,!0,x)}
        ${c(this,j,ae).call(this,f.disabled,u.disabled,`${v("overview","webhooks")}?state=disabled`,!0,x)}
        ${c(this,j,ae).call(this,f.merchants,e,v("merchants"))}
      </div>
      <div class="pair">
        ${c(this,j,at).call(this,f.orders,t)} ${c(this,j,at).call(this,f.shipments,s)}
        ${c(this,j,at).call(this,f.allRequests,r,se=>v("queue")+(se==="pending"?"":`?status=${se}`))}
      </div>`},ae=function(e,t,s,r=!1,l=!1){let u=r&&t>0?"bad":"";return i`<a class="card tile ${u}" href=${s}>
      <span class="muted">${e}</span><strong class="number">${this.format.number(t)}${l&&t>=1e3?"+":""}</strong>
    </a>`},at=function(e,t,s){let r=Object.entries(t).filter(([,u])=>u>0).sort(([,u],[,f])=>f-u),l=r.reduce((u,[,f])=>u+f,0);return i`<section class="card">
      <h3 class="row">${e} <span class="muted number push">${this.format.number(l)}</span></h3>
      ${l?i`<ul class="counts">
            ${r.map(([u,f])=>{let x=B(u,this.texts);return i`<li>
                <span>${s?i`<a class="link" href=${s(u)}>${x}</a>`:x}</span>
                <span class="number">${this.format.number(f)}</span>
                <meter aria-hidden="true" max=${l} .value=${f}></meter>
              </li>`})}
          </ul>`:i`<p class="pad muted">${o.overview.none}</p>`}
    </section>`},me.styles=[y,_`
      .tiles,
      .pair {
        display: grid;
        gap: 12px;
        align-items: start;
      }
      .tiles {
        grid-template-columns: repeat(6, minmax(0, 1fr));
        align-items: stretch;
      }
      .pair {
        grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
      }
      @container (max-width: 860px) {
        .tiles {
          grid-template-columns: repeat(3, minmax(0, 1fr));
        }
      }
      @container (max-width: 420px) {
        .tiles {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
      .tile {
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        gap: 4px;
        padding: 14px 16px;
        color: inherit;
        text-decoration: none;
      }
      .tile:hover {
        background: var(--o-hover);
      }
      .tile strong {
        font-size: calc(var(--o-title) * 1.3);
        line-height: 1.2;
        font-weight: 650;
      }
      .tile.bad strong {
        color: var(--o-bad);
      }
      .counts {
        padding: 6px 16px 10px;
      }
      .counts li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 2px 12px;
        padding-block: 6px;
      }
      .counts meter {
        grid-column: 1 / -1;
        inline-size: 100%;
        block-size: 4px;
        border: 0;
        border-radius: 2px;
        background: var(--o-quiet-tint);
        appearance: none;
      }
      meter::-webkit-meter-bar {
        block-size: 4px;
        border: 0;
        border-radius: 2px;
        background: var(--o-quiet-tint);
      }
      meter::-webkit-meter-optimum-value {
        border-radius: 2px;
        background: var(--o-accent);
      }
      meter::-moz-meter-bar {
        border-radius: 2px;
        background: var(--o-accent);
      }
    `],h([g({type:Boolean})],me.prototype,"active",2),me=h([b("console-overview")],me);var Ht=["cancel","address_change","hold","release","expedite","note","other"],ti=["pending","confirmed","processing","partially_shipped","shipped","delivered"];function lt(n){return n?.settings.actionPolicies??{}}function si(n,p,e){if(!n)return"";let t=lt(n)[p]??{},s=o.queue.policies,r=[t.autoApprove?s.auto:s.person];return t.enabled===!1&&r.push(s.off),t.windowMinutes&&r.push(R(s.window,{n:t.windowMinutes})),t.untilStatus&&r.push(R(s.until,{status:re(t.untilStatus,e)})),r.join(" ")}var S,dt,ii,ri,oi,ni,ct,pt,Ft,ht,ai,X=class extends T{constructor(){super(...arguments);m(this,S);this.decided=null;this.policy="";this.open=!1;this.action=new G(this);m(this,ct,async()=>{let e=`/action-requests/${this.row.id}/apply`;await this.action.run("retry",t=>t.embed.request("POST",e))&&c(this,S,Ft).call(this)});m(this,pt,async()=>{let e=this.renderRoot.querySelector("[name=done]").value.trim(),t={status:"applied",...e?{message:e}:{}},s=`/action-requests/${this.row.id}/application`;await this.action.run("done",r=>r.embed.request("PATCH",s,{body:t}))&&c(this,S,Ft).call(this)});m(this,ht,e=>{if(e.key==="Enter"&&(e.ctrlKey||e.metaKey))this.decide("approved");else if(e.key==="Escape")this.focusHead();else return;e.preventDefault()})}begin(){}updated(e){let t=e.get("decided"),s=a(this,S,dt);t&&!this.decided&&s&&!s.value&&(s.value=t.note)}focusHead(){let e=this.renderRoot.querySelector(".line");e?.focus(),e?.scrollIntoView({block:"nearest"})}writeNote(){a(this,S,dt)?.focus()}decide(e){if(!a(this,S,ii))return;let t=l=>this.renderRoot.querySelector(`[name=${l}]`)?.checked??!1,s=e==="approved"&&this.row.action_type==="cancel",r={id:this.row.id,title:this.row.title,status:e,note:a(this,S,dt)?.value.trim()??"",application:s?{refund:t("refund"),notifyCustomer:t("notify")}:null};this.dispatchEvent(new CustomEvent("request-decided",{detail:r}))}view(){let{row:e,decided:t}=this,s=e.end_users;return i`<div class=${t?"decided":""}>
      <button class="line" type="button" aria-expanded=${this.open} @click=${()=>this.dispatchEvent(new Event("request-toggled"))}>
        <span><strong>${e.title}</strong> ${e.order?i`<span class="muted small">${e.order.order_number??e.order.external_id}</span>`:d}</span>
        <span class="muted who">${s?s.name??s.external_id:o.queue.deleted}</span>
        <span>${B(t?.status??e.status,this.texts)}</span>
        <span class="muted small nowrap date">${this.format.dateTime(e.created_at)}</span>
      </button>
      ${this.open?c(this,S,ri).call(this):d}
    </div>`}};S=new WeakSet,dt=function(){return this.renderRoot.querySelector("textarea[name=note]")},ii=function(){return this.row.status==="pending"&&!this.decided},ri=function(){let{row:e}=this,t=o.queue,{order:s,end_users:r}=e,l=s?i`<a class="link" href=${v("merchants",e.end_user_id,"orders",s.id)}>${s.order_number??s.external_id}</a>
          ${B(s.status,this.texts)}`:t.deleted,u=[[t.order,l],[t.customer,s?.customer.name],[t.merchant,r&&i`<a class="link" href=${v("merchants",e.end_user_id)}>${r.name??r.external_id}</a>`],[t.reason,e.description&&Ut(e.description)],[t.changes,c(this,S,ai).call(this)],[t.policy,this.policy],[t.asked,this.format.dateTime(e.created_at)],[t.expires,e.status==="pending"?this.format.dateTime(e.expires_at):null],[t.answer,e.resolution_note&&Ut(e.resolution_note)]];return i`<div class="body">
      <div class="columns">
        <dl class="pairs">${u.map(([f,x])=>x?i`<dt>${f}</dt><dd>${x}</dd>`:d)}</dl>
        ${e.status==="pending"?c(this,S,oi).call(this):c(this,S,ni).call(this)}
      </div>
    </div>`},oi=function(){let e=o.queue,t=this.decided!==null;return i`<div class="stack">
      <label class="field">
        <span>${e.note}</span>
        <textarea class="input" name="note" maxlength="2000" ?disabled=${t} @keydown=${a(this,ht)}></textarea>
        <span class="hint">${e.noteHint}</span>
      </label>
      ${this.row.action_type==="cancel"?i`<label class="check"><input type="checkbox" name="refund" ?disabled=${t} /><span>${e.refund}</span></label>
            <label class="check"><input type="checkbox" name="notify" ?disabled=${t} /><span>${e.notify}</span></label>`:d}
      <div class="row">
        <button class="button primary" type="button" aria-keyshortcuts="a" ?disabled=${t} @click=${()=>this.decide("approved")}>
          ${e.approve}
        </button>
        <button class="button danger" type="button" aria-keyshortcuts="d" ?disabled=${t} @click=${()=>this.decide("denied")}>
          ${e.deny}
        </button>
      </div>
    </div>`},ni=function(){let{row:e}=this,t=o.queue,s=e.application,r=this.action.busy!==null;return i`<div class="stack">
      ${e.resolved_at?i`<p class="muted">${R(t.decided,{who:e.resolved_by??"–",time:this.format.dateTime(e.resolved_at)})}</p>`:d}
      ${s?i`<div><span class="label">${t.application}</span> ${B(s.status,this.texts)}
            ${s.message?i`<p>${s.message}</p>`:d}</div>`:d}
      ${P(this.action.error,this.texts)}
      ${s?.status==="failed"||s?.status==="manual"?i`<label class="field"><span>${t.doneNote}</span><input class="input" name="done" maxlength="2000" /></label>
            <div class="row">
              <button class="button primary" type="button" ?disabled=${r} @click=${a(this,pt)}>${t.markDone}</button>
              ${s.status==="failed"?i`<button class="button" type="button" ?disabled=${r} @click=${a(this,ct)}>${t.retry}</button>`:d}
            </div>`:d}
    </div>`},ct=new WeakMap,pt=new WeakMap,Ft=function(){this.dispatchEvent(new Event("request-changed"))},ht=new WeakMap,ai=function(){let e={...this.texts.requests.address,until:this.texts.requests.holdUntil},t=Object.entries(this.row.requested_changes??{}).filter(([,l])=>l!==null&&l!==""),s=l=>typeof l=="string"?l:JSON.stringify(l),r=t.map(([l,u])=>`${e[l]??l}: ${s(u)}`).join(`
`);return r?Ut(r):null},X.styles=[y,_`
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
      .decided {
        background: var(--o-page);
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
      .columns > * {
        align-content: start;
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
    `],h([g({attribute:!1})],X.prototype,"row",2),h([g({attribute:!1})],X.prototype,"decided",2),h([g({attribute:!1})],X.prototype,"policy",2),h([g({type:Boolean,reflect:!0})],X.prototype,"open",2),X=h([b("console-request")],X);function Ut(n){return i`<span class="lines">${n}</span>`}var Ui=["approved","denied","cancelled","expired","all"],Fi=3e4,_e,H,ut,li,zt,Ct,Ee,Se,Oe,di,ee=class extends z{constructor(){super(...arguments);m(this,H);this.active=!1;this.selected=null;this.newer=!1;this.path="/action-requests/queue";m(this,_e);this.config=new M(this,(e,t)=>e.embed.request("GET","/config/me",t));m(this,Ee,e=>{if(!this.active||!this.rows.length||tt(e)||!ke())return;let t=this.rows.findIndex(({id:r})=>r===this.selected),s=c(this,H,Ct).call(this,this.selected);if(e.key==="j"||e.key==="k"){let r=this.rows[e.key==="j"?Math.min(t+1,this.rows.length-1):Math.max(t-1,0)];c(this,H,ut).call(this,r.id),c(this,H,zt).call(this,r.id)}else if(e.key==="a"&&s)s.decide("approved");else if(e.key==="d"&&s)s.decide("denied");else if(e.key==="n"&&s)s.writeNote();else return;e.preventDefault()});m(this,Se,()=>this.requestUpdate());m(this,Oe,e=>{let{id:t,status:s}=e.detail,r=this.rows.find(l=>l.id===t);r&&(r.status=s),this.decisions.pending.size===0&&this.refresh()})}begin(){super.begin(),this.config.asked||this.config.load()}connectedCallback(){super.connectedCallback(),addEventListener("keydown",a(this,Ee)),this.decisions.addEventListener("change",a(this,Se)),this.decisions.addEventListener("sent",a(this,Oe)),V(this,_e,setInterval(()=>{c(this,H,di).call(this)},Fi))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("keydown",a(this,Ee)),this.decisions.removeEventListener("change",a(this,Se)),this.decisions.removeEventListener("sent",a(this,Oe)),clearInterval(a(this,_e))}willUpdate(e){super.willUpdate(e),e.has("active")&&this.active&&this.page.answer&&this.refresh()}view(){let e=o.queue;return i`<section class="stack">
      <div class="head">
        <h2>${e.title}</h2>
        <span class="push muted small keys"><kbd>j</kbd> <kbd>k</kbd> <kbd>a</kbd> <kbd>d</kbd> <kbd>n</kbd> <kbd>u</kbd></span>
      </div>
      <div class="others unfolded">
        <label class="field">
          <span>${this.texts.list.status}</span>
          <select class="input" @change=${t=>this.filter({status:t.target.value})}>
            <option value="">${re("pending",this.texts)}</option>
            ${Ui.map(t=>i`<option value=${t} ?selected=${this.filters.status===t}>
                ${t==="all"?this.texts.list.all:re(t,this.texts)}
              </option>`)}
          </select>
        </label>
      </div>
      ${this.newer?i`<div class="notice" role="status">
            <div>${e.new}</div>
            <button class="button" type="button" @click=${()=>this.refresh()}>${e.show}</button>
          </div>`:d}
      ${this.list()}
    </section>`}refresh(){this.newer=!1,super.refresh()}list(){let{answer:e,error:t,loading:s}=this.page;return t&&!s||!e||!this.rows.length?super.list():i`<ol class="card" aria-busy=${s}>
        ${this.rows.map(r=>this.row(r))}
      </ol>
      ${this.pager(e.pagination)}`}row(e){return i`<li>
      <console-request
        id=${`r-${e.id}`}
        .row=${e}
        .decided=${this.decisions.pending.get(e.id)??null}
        .policy=${si(this.config.answer?.data,e.action_type,this.texts)}
        ?open=${e.id===this.selected}
        @request-toggled=${()=>c(this,H,ut).call(this,e.id===this.selected?null:e.id)}
        @request-decided=${t=>c(this,H,li).call(this,t.detail)}
        @request-changed=${()=>this.refresh()}
      ></console-request>
    </li>`}head(){return i``}empty(){return k("inbox",o.queue.empty,o.queue.emptyHint,d,"status")}};_e=new WeakMap,H=new WeakSet,ut=function(e){this.selected=e},li=function(e){this.decisions.decide(e);let t=this.rows.findIndex(({id:r})=>r===e.id),s=this.rows.slice(t+1).find(({id:r,status:l})=>l==="pending"&&!this.decisions.pending.has(r));c(this,H,ut).call(this,s?.id??null),c(this,H,zt).call(this,s?.id??e.id)},zt=async function(e){await this.updateComplete,c(this,H,Ct).call(this,e)?.focusHead()},Ct=function(e){return e?this.renderRoot.querySelector(`#r-${e}`):null},Ee=new WeakMap,Se=new WeakMap,Oe=new WeakMap,di=async function(){if(!this.active||document.hidden||this.cursors.length||this.filters.status||!this.page.answer)return;let e=new Set(this.rows.map(({id:r})=>r)),s=(await this.session.call(r=>r.embed.request("GET",this.path,{query:{limit:5}}))).data??[];this.newer=s.some(({id:r})=>!e.has(r))},ee.styles=[y,_`
      ol {
        display: grid;
        overflow: hidden;
      }
      .others {
        max-inline-size: 240px;
      }
    `],h([g({attribute:!1})],ee.prototype,"decisions",2),h([g({type:Boolean})],ee.prototype,"active",2),h([w()],ee.prototype,"selected",2),h([w()],ee.prototype,"newer",2),ee=h([b("console-queue")],ee);var ci=5,qe,U,Bt,Vt,pi,hi,ui,mi,fe=class extends T{constructor(){super(...arguments);m(this,U);this.q="";m(this,qe,"");this.found=new M(this,(e,t)=>e.embed.request("GET",`${"/~"}/search`,{query:{q:this.q},...t}));this.merchants=new M(this,(e,t)=>e.embed.request("GET","/users",{query:{search:this.q,limit:ci},...t}))}begin(){!this.q||a(this,qe)===this.q||(V(this,qe,this.q),c(this,U,Bt).call(this))}updated(e){e.has("q")&&this.session?.usable&&this.begin()}view(){let e=o.search,[t,s]=[this.found.answer?.data,this.merchants.answer?.data],r=t&&s?R(this.format.plural(t.length+s.length,e.found),{q:this.q}):e.title,l=t?.length===0&&s?.length;return i`<section class="stack">
      <div class="head"><h2>${r}</h2></div>
      ${l?d:i`<div class="card scroll cards" aria-live="polite">${c(this,U,hi).call(this,t)}</div>`}
      ${s?.length?c(this,U,pi).call(this,s):d}
      ${this.merchants.error&&!this.merchants.loading&&!this.found.error?i`<div class="card">${this.problem(this.merchants)}</div>`:d}
    </section>`}};qe=new WeakMap,U=new WeakSet,Bt=async function(){let e=a(this,U,Vt);this.found.clear(),this.merchants.clear(),await this.found.load();let t=this.merchants.load();this.found.answer?.data.length||await t,await this.updateComplete,e&&e===a(this,U,Vt)&&e.value.trim()===this.q&&this.renderRoot.querySelector("a")?.focus()},Vt=function(){let e=this.getRootNode().activeElement;return e instanceof HTMLInputElement?e:null},pi=function(e){let t=o.merchants;return i`<section class="card scroll cards">
      <table role="table" aria-label=${t.title}>
        <thead role="rowgroup">${q(t.merchant,t.id,t.email)}</thead>
        <tbody role="rowgroup">
          ${e.map(s=>i`<tr role="row">
              <td role="cell" class="first"><a href=${v("merchants",s.id)}>${s.name??s.external_id}</a></td>
              <td role="cell" class="code wide">${s.external_id}</td>
              <td role="cell" class="wide">${s.email}</td>
            </tr>`)}
        </tbody>
      </table>
      ${e.length===ci?i`<p class="pad"><a class="link" href="${v("merchants")}?${new URLSearchParams({search:this.q})}">${o.search.allMerchants}</a></p>`:d}
    </section>`},hi=function(e){let t=o.search;return this.q?e?!e.length&&!this.merchants.answer&&!this.merchants.error?N(3,this.texts):e.length?i`<table role="table">
      <thead role="rowgroup">${q(t.number,this.texts.list.status,t.merchant,{hidden:o.actions})}</thead>
      <tbody role="rowgroup">${e.map(s=>c(this,U,ui).call(this,s))}</tbody>
    </table>`:k("search",t.none,t.hint,d,"status"):this.found.error&&!this.found.loading?this.problem({error:this.found.error,load:()=>c(this,U,Bt).call(this)}):N(3,this.texts):k("search",t.label,t.hint)},ui=function(e){let t=o.search,s=e.type==="order",r=(s?e.order_number:e.tracking_number)??e.id,l=e.end_user;return l?i`<tr role="row">
      <td role="cell" class="first">
        <a href=${v("merchants",l.id,s?"orders":"shipments",e.id)}>${r}</a>
        <span class="also">${s?t.order:t.shipment}</span>
      </td>
      <td role="cell" class="second">${B(e.status,this.texts)}</td>
      <td role="cell" class="wide"><a href=${v("merchants",l.id)}>${l.name??l.external_id}</a></td>
      <td role="cell" class="wide">
        ${s?i`<a href=${v("merchants",l.id,"why",e.id)}>${o.why.link}</a>`:d}
      </td>
    </tr>`:c(this,U,mi).call(this,e,r)},mi=function(e,t){return i`<tr role="row">
      <td role="cell" class="first">${t}</td>
      <td role="cell" class="second">${B(e.status,this.texts)}</td>
      <td role="cell" class="wide">${o.queue.deleted}</td>
      <td role="cell"></td>
    </tr>`},fe.styles=[y],h([g()],fe.prototype,"q",2),fe=h([b("console-search")],fe);var zi=4.5,fi="#2f4b7c",Ci=150,gi=["company_name","primary_color","logo_url","support_email","support_url","support_phone"],Ae,Y,vi,bi,mt,yi,Wt,ft,gt,vt,W=class extends T{constructor(){super(...arguments);m(this,Y);this.base="";this.error=null;this.saved=!1;this.busy=!1;this.draft={};this.theme="light";m(this,Ae);this.shownColour="";m(this,mt,async(e,t)=>{if(!new URL(String(e)).pathname.endsWith("/embed/session"))return ps("filled")(e,t);let s={...cs,organization:{slug:this.config.slug,branding:c(this,Y,Wt).call(this)}};return new Response(JSON.stringify({data:s}),{headers:{"Content-Type":"application/json"}})});m(this,ft,e=>{let{name:t,value:s}=e.target;t&&(this.draft={...this.draft,[t]:s})});m(this,gt,e=>{e.stopPropagation(),this.draft={...this.draft,primary_color:e.target.value}});m(this,vt,e=>{K(e),this.emit("brand-saved",c(this,Y,Wt).call(this))})}begin(){}willUpdate(e){if(!e.has("config"))return;let{branding:t}=this.config;this.draft=Object.fromEntries(gi.map(s=>[s,typeof t[s]=="string"?t[s]:""])),this.shownColour=this.draft.primary_color}updated(e){e.has("draft")&&c(this,Y,yi).call(this)}view(){let e=o.settings,{draft:t,error:s}=this,r=$e(t.primary_color)?t.primary_color:fi;return i`<section class="stack">
      <div class="head"><h2>${e.brand}</h2></div>
      <div class="columns">
        <form class="card" @submit=${a(this,vt)} @input=${a(this,ft)}>
          ${A("company_name",e.company,t.company_name,s,{maxlength:60})}
          <div class="colour">
            ${A("primary_color",e.colour,t.primary_color,s,{maxlength:9,placeholder:fi})}
            <input type="color" aria-label=${e.choose} .value=${Bi(r)} @input=${a(this,gt)} />
          </div>
          <p class="hint" role="status">${c(this,Y,bi).call(this,t.primary_color??"")}</p>
          ${A("logo_url",e.logo,t.logo_url,s,{type:"url",maxlength:1e3})}
          ${A("support_email",e.email,t.support_email,s,{type:"email"})}
          ${A("support_url",e.url,t.support_url,s,{type:"url"})}
          ${A("support_phone",e.phone,t.support_phone,s)}
          ${P(s,this.texts)}
          <div class="row">
            <button class="button primary" type="submit" ?disabled=${this.busy}>${this.texts.actions.save}</button>
            <span class="muted" role="status">${this.saved?i`${E("check")} ${e.saved}`:d}</span>
          </div>
        </form>
        <div class="stack">
          <div class="head">
            <h3>${e.portal}</h3>
            <div class="push">${Ge("theme",e.preview,[["light",e.light],["dark",e.dark]],this.theme,l=>this.theme=l)}</div>
          </div>
          <div class="frame" inert>
            <orderly-embed .baseUrl=${this.base} .sessionToken=${"example"} .fetch=${a(this,mt)} theme=${this.theme}></orderly-embed>
          </div>
          <h3>${e.tracking}</h3>
          <p class="hint">${e.trackingHint}</p>
          <div class="frame"><iframe inert tabindex="-1" title=${e.tracking} src=${a(this,Y,vi)}></iframe></div>
        </div>
      </div>
    </section>`}};Ae=new WeakMap,Y=new WeakSet,vi=function(){let e=document.documentElement.lang,t=new URLSearchParams({slug:this.config.slug,primary_color:this.shownColour,lang:e});return`${this.base}/console/tracking-preview?${t}`},bi=function(e){let t=o.settings;if(!e)return"";let s=$e(e);if(!s)return t.badColour;let r=rs(s,[255,255,255]),l=R(t.contrast,{n:this.format.number(Math.floor(r*10)/10)});if(r>=zi)return`${l} ${t.contrastGood}`;let{fill:u,onFill:f}=is(e).light;return`${l} ${R(t.contrastAdjusted,{text:f,fill:u})}`},mt=new WeakMap,yi=function(){this.renderRoot.querySelector("orderly-embed")?.session.restart(),clearTimeout(a(this,Ae));let e=this.draft.primary_color?.trim()??"";V(this,Ae,setTimeout(()=>{(!e||$e(e))&&(this.shownColour=e)},Ci))},Wt=function(){let e=Object.entries(this.config.branding).filter(([t])=>!gi.includes(t));return Object.fromEntries([...e,...Object.entries(this.draft).map(([t,s])=>[t,s.trim()]).filter(([,t])=>t)])},ft=new WeakMap,gt=new WeakMap,vt=new WeakMap,W.styles=[y,_`
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
    `],h([g({attribute:!1})],W.prototype,"config",2),h([g()],W.prototype,"base",2),h([g({attribute:!1})],W.prototype,"error",2),h([g({type:Boolean})],W.prototype,"saved",2),h([g({type:Boolean})],W.prototype,"busy",2),h([w()],W.prototype,"draft",2),h([w()],W.prototype,"theme",2),h([w()],W.prototype,"shownColour",2),W=h([b("console-brand")],W);function Bi(n){return`#${$e(n).map(p=>p.toString(16).padStart(2,"0")).join("")}`}var Vi=["data_room","action_requests","smart_alerts","end_user_webhooks","branded_tracking"],F,$i,wi,Gt,xi,bt,Pe,le=class extends T{constructor(){super(...arguments);m(this,F);this.base="";this.saved=null;this.action=new G(this);this.config=new M(this,(e,t)=>e.embed.request("GET","/config/me",t));m(this,bt,e=>{let{data:t,text:s}=K(e),r=s("slug");if(!this.config.answer)return void c(this,F,Pe).call(this,"general",{slug:r});c(this,F,Pe).call(this,"general",{slug:r,allowed_origins:s("allowed_origins").split(/\s+/).filter(Boolean),enabled_features:["bridges",...t.getAll("features")],is_active:t.has("is_active")})})}begin(){this.config.asked||this.config.load()}view(){let e=this.config.answer?.data,t=this.config.error?.code==="embed_not_configured";if(!e&&!t){let s=this.config.error&&!this.config.loading?this.problem(this.config):N(8,this.texts);return i`<section class="stack"><h2>${o.settings.title}</h2><div class="card">${s}</div></section>`}return i`<div class="stack">
      ${e?i`<console-brand
              .config=${e}
              .base=${this.base}
              .error=${this.action.errorOf("branding")}
              ?saved=${this.saved==="branding"}
              ?busy=${this.action.busy!==null}
              @brand-saved=${s=>c(this,F,Pe).call(this,"branding",{branding:s.detail})}
            ></console-brand>
            ${c(this,F,$i).call(this,e)}`:d}
      ${c(this,F,wi).call(this,e)}
    </div>`}};F=new WeakSet,$i=function(e){let t=o.settings,s=lt(e),r=ti.map(l=>[l,re(l,this.texts)]);return i`<section class="stack">
      <div class="head"><h2>${t.policies}</h2></div>
      <form class="card" @submit=${l=>c(this,F,xi).call(this,l,e)}>
        <p class="muted">${t.policiesHint}</p>
        ${Ht.map(l=>{let u=s[l]??{};return i`<fieldset>
            <legend>${this.texts.requests.types[l]}</legend>
            <div class="two">
              <div class="stack">
                <label class="check"><input type="checkbox" name="${l}.enabled" .checked=${u.enabled!==!1} /><span>${t.allowed}</span></label>
                <label class="check"><input type="checkbox" name="${l}.auto" .checked=${u.autoApprove===!0} /><span>${t.auto}</span></label>
              </div>
              ${A(`${l}.minutes`,t.minutes,u.windowMinutes?.toString(),null,{type:"number",min:1})}
              ${Ge(`${l}.until`,t.until,[["",t.always],...r],u.untilStatus??"")}
            </div>
          </fieldset>`})}
        ${c(this,F,Gt).call(this,"policies")}
      </form>
    </section>`},wi=function(e){let t=o.settings,s=this.action.errorOf("general");return i`<section class="stack">
      <div class="head"><h2>${t.general}</h2></div>
      <form class="card" @submit=${a(this,bt)}>
        ${A("slug",t.slug,e?.slug,s,{required:!0,maxlength:64})}
        ${e?i`<div class="field"><span>${t.publishable}</span>
                <div class="secret"><code class="code">${e.publishable_key}</code>${Ve(e.publishable_key,this.texts)}</div></div>
              ${A("allowed_origins",t.origins,e.allowed_origins.join(`
`),s,{type:"area"})}
              <fieldset>
                <legend>${t.features}</legend>
                <div class="two">
                  ${Vi.map(r=>i`<label class="check">
                      <input type="checkbox" name="features" value=${r} .checked=${e.enabled_features.includes(r)} />
                      <span>${t.featureNames[r]}</span>
                    </label>`)}
                </div>
              </fieldset>
              <label class="check"><input type="checkbox" name="is_active" .checked=${e.is_active} /><span>${t.active}</span></label>`:d}
        ${c(this,F,Gt).call(this,"general")}
      </form>
    </section>`},Gt=function(e){return i`${P(this.action.errorOf(e),this.texts)}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${this.texts.actions.save}</button>
        <span class="muted" role="status">${this.saved===e?i`${E("check")} ${o.settings.saved}`:d}</span>
      </div>`},xi=function(e,t){let{data:s,text:r}=K(e),l=Object.fromEntries(Ht.map(u=>{let f=r(`${u}.minutes`);return[u,{...lt(t)[u],enabled:s.has(`${u}.enabled`),autoApprove:s.has(`${u}.auto`),windowMinutes:f?Number(f):null,untilStatus:r(`${u}.until`)||null}]}));c(this,F,Pe).call(this,"policies",{settings:{actionPolicies:l}})},bt=new WeakMap,Pe=async function(e,t){this.saved=null;let s=await this.action.run(e,r=>r.embed.request("PATCH","/config",{body:t}));s&&(this.saved=e,await this.config.load(),this.emit("operator-changed",{slug:s.slug,branding:s.branding}))},le.styles=[y],h([g()],le.prototype,"base",2),h([w()],le.prototype,"saved",2),le=h([b("console-settings")],le);var ki=_`
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
  nav a {
    padding-block: 11px;
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
  .toast .button {
    flex: none;
    white-space: nowrap;
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
`;function Kt(n,p){return i`<div class="head">
    <a class="button quiet icon" href=${v("overview")} aria-label=${p}>${E("back")}</a>
    <h2>${n}</h2>
  </div>`}var Le=class extends z{constructor(){super(...arguments);this.path=`${"/~"}/shipments`}query(e){return{...super.query(e),status:"exception"}}view(){return i`<section class="stack">${Kt(o.overview.exceptions,this.texts.actions.back)} ${this.list()}</section>`}head(){let{number:e,carrier:t,shipped:s,expected:r}=this.texts.shipments;return q(e,t,o.search.merchant,s,r)}row(e){let t=e.tracking_number??this.texts.shipments.noNumber,{end_user:s}=e;return i`<tr role="row">
      <td role="cell" class="first">
        ${s?i`<a class="code" href=${v("merchants",s.id,"shipments",e.id)}>${t}</a>`:t}
      </td>
      <td role="cell" class="wide">${e.carrier_name??e.carrier}</td>
      <td role="cell" class="wide">${s?Yt(s.id,s,"shipments"):o.queue.deleted}</td>
      <td role="cell" class="muted short skip">${this.format.date(e.ship_date)}</td>
      <td role="cell" class="muted short">${this.format.date(e.estimated_delivery)}</td>
    </tr>`}empty(){return k("check",o.troubles.noExceptions,d,d,"status")}};Le.styles=[y],Le=h([b("console-exceptions")],Le);var je=class extends z{constructor(){super(...arguments);this.path=`${"/~"}/bridges`}query(e){return{...super.query(e),status:"error"}}view(){return i`<section class="stack">${Kt(o.overview.connections,this.texts.actions.back)} ${this.list()}</section>`}head(){let e=o.troubles;return q(this.texts.bridges.name,e.why,o.search.merchant,e.lastSync)}row(e){return i`<tr role="row">
      <td role="cell" class="first">${e.name}<span class="also">${e.type}</span></td>
      <td role="cell" class="wide">${e.error_message}</td>
      <td role="cell" class="wide">${e.end_user_id?Yt(e.end_user_id,e.end_user,"connections"):o.troubles.nobody}</td>
      <td role="cell" class="muted wide">
        ${e.last_sync_at?this.format.dateTime(e.last_sync_at):this.texts.bridges.neverSynced}
      </td>
    </tr>`}empty(){return k("check",o.troubles.noConnections,d,d,"status")}};je.styles=[y],je=h([b("console-connections")],je);var ge,yt,Ne=class extends z{constructor(){super(...arguments);m(this,ge);this.path=`${"/~"}/webhooks`}query(e){return{...super.query(e),state:a(this,ge,yt)?"disabled":"failing"}}view(){let e=o.overview;return i`<section class="stack">
      ${Kt(a(this,ge,yt)?e.disabled:e.failing,this.texts.actions.back)} ${this.list()}
    </section>`}head(){let e=o.troubles;return q(this.texts.webhooks.url,e.why,o.search.merchant,e.lastSuccess)}row(e){let t=o.troubles,s=e.is_active?this.format.plural(e.consecutive_failures,this.texts.webhooks.failures):e.disabled_reason??t.byHand;return i`<tr role="row">
      <td role="cell" class="first">
        ${e.description??e.url} ${e.description?i`<span class="also">${e.url}</span>`:d}
      </td>
      <td role="cell" class="wide">
        ${B(e.is_active?"failing":"disabled",this.texts)} <span class="also">${s}</span>
        ${e.next_attempt_at?i`<span class="also">${R(this.texts.webhooks.nextAttempt,{time:this.format.dateTime(e.next_attempt_at)})}</span>`:d}
      </td>
      <td role="cell" class="wide">
        ${e.end_user?Yt(e.end_user.id,e.end_user,e.type==="rule"?"alerts":"webhooks"):o.troubles.own}
      </td>
      <td role="cell" class="muted wide">
        ${e.last_success_at?this.format.dateTime(e.last_success_at):this.texts.webhooks.neverDelivered}
      </td>
    </tr>`}get isFiltered(){return!1}empty(){let e=o.troubles;return k("check",a(this,ge,yt)?e.noneDisabled:e.noneFailing,d,d,"status")}};ge=new WeakSet,yt=function(){return this.filters.state==="disabled"},Ne.styles=[y],Ne=h([b("console-webhooks")],Ne);function Yt(n,p,e){return i`<a href=${v("merchants",n,e)}>${p?.name??p?.external_id??o.search.merchant}</a>`}var Ti=["overview","queue","merchants","events","settings","access"],Ri=["overview/shipments","overview/connections","overview/webhooks"],Wi={o:"overview",r:"queue",m:"merchants",e:"events",s:"settings",a:"access"},de,Ie,De,O,Me,Jt,Qt,_i,Ei,Si,He,Ue,$t,ve,wt,Fe,ze,te=class extends T{constructor(){super(...arguments);m(this,O);this.base="";this.place=we(location.hash);m(this,de,new Map);m(this,Ie,new Map);m(this,De,!1);m(this,He,()=>this.renderRoot.querySelector("dialog").showModal());m(this,Ue,()=>this.renderRoot.querySelector("#content").focus({preventScroll:!0}));m(this,$t,e=>{e.preventDefault();let t=String(new FormData(e.target).get("q")??"").trim();t&&xe(`${v("search")}?${new URLSearchParams({q:t})}`)});m(this,ve,e=>{e&&a(this,Ie).set(this.place.path.join("/"),scrollY),this.place=we(location.hash),a(this,de).set(a(this,O,Jt),this.place.query.toString()),e&&this.updateComplete.then(a(this,wt))});m(this,wt,()=>{scrollTo(0,a(this,Ie).get(this.place.path.join("/"))??0),this.renderRoot.activeElement?.checkVisibility()||a(this,Ue).call(this)});m(this,Fe,()=>this.requestUpdate());m(this,ze,e=>{if(this.hidden||tt(e)||!ke())return;let t=a(this,De)?Wi[e.key]:void 0;if(V(this,De,e.key==="g"),t)xe(c(this,O,Qt).call(this,t));else if(e.key==="/")this.renderRoot.querySelector("#search").focus();else if(e.key==="?")a(this,He).call(this);else if(e.key==="u")this.decisions.undo();else return;e.preventDefault(),e.stopImmediatePropagation()})}connectedCallback(){super.connectedCallback(),addEventListener("hashchange",a(this,ve)),addEventListener("keydown",a(this,ze)),this.decisions.addEventListener("change",a(this,Fe)),a(this,ve).call(this)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("hashchange",a(this,ve)),removeEventListener("keydown",a(this,ze)),this.decisions.removeEventListener("change",a(this,Fe))}begin(){}updated(e){e.has("place")&&Ke(this.renderRoot.querySelector("nav .wrap"))}view(){let{branding:e,slug:t,name:s}=this.operator,r=typeof e.company_name=="string"&&e.company_name?e.company_name:t;return i`<header>
        <button class="button skip" type="button" @click=${a(this,Ue)}>${o.skip}</button>
        <div class="wrap">
          <h1>${r}</h1>
          <form role="search" @submit=${a(this,$t)}>
            <label class="search">
              <span class="hidden">${o.search.label}</span>${E("search")}
              <input class="input" id="search" type="search" name="q" maxlength="200" placeholder=${o.search.label}
                aria-keyshortcuts="/" .value=${a(this,O,Me)==="search"?this.place.query.get("q")??"":""} />
            </label>
          </form>
          <span class="row push">
            <span class="muted small">${s}</span>
            <button class="button quiet icon" type="button" aria-label=${o.keys.title} @click=${a(this,He)}><kbd>?</kbd></button>
            <button class="button" type="button" @click=${()=>this.dispatchEvent(new Event("sign-out"))}>${o.signIn.out}</button>
          </span>
        </div>
      </header>
      <nav aria-label=${o.sections.label}>
        <div class="wrap">
          ${Ti.map(l=>i`<a href=${c(this,O,Qt).call(this,l)} aria-current=${l===a(this,O,Me)?"page":d}>${o.sections[l]}</a>`)}
        </div>
      </nav>
      <main class="wrap content" id="content" tabindex="-1">${c(this,O,_i).call(this)}</main>
      ${c(this,O,Ei).call(this)} ${c(this,O,Si).call(this)}`}};de=new WeakMap,Ie=new WeakMap,De=new WeakMap,O=new WeakSet,Me=function(){return this.place.path[0]??"overview"},Jt=function(){let e=this.place.path.slice(0,2).join("/");return Ri.includes(e)?e:a(this,O,Me)},Qt=function(e){let t=e===a(this,O,Me)?"":a(this,de).get(e);return v(e)+(t?`?${t}`:"")},_i=function(){let e=a(this,O,Jt),t=this.place.path.length>e.split("/").length,s=u=>e===u,r=(u,f,x=!s(u))=>a(this,de).has(u)?i`<div ?hidden=${x}>${f(a(this,de).get(u))}</div>`:d,l=[...Ti,...Ri,"search"].some(s)&&(!t||e==="merchants");return i`
      ${r("overview",()=>i`<console-overview ?active=${s("overview")}></console-overview>`)}
      ${r("overview/shipments",u=>i`<console-exceptions .address=${u}></console-exceptions>`)}
      ${r("overview/connections",u=>i`<console-connections .address=${u}></console-connections>`)}
      ${r("overview/webhooks",u=>i`<console-webhooks .address=${u}></console-webhooks>`)}
      ${r("queue",u=>i`<console-queue .address=${u} .decisions=${this.decisions} ?active=${s("queue")}></console-queue>`)}
      ${r("merchants",u=>i`<console-merchants .address=${u}></console-merchants>`,!s("merchants")||t)}
      ${r("events",u=>i`<console-events .address=${u}></console-events>`)}
      ${s("merchants")&&t?i`<console-merchant .operator=${this.operator} .place=${this.place} .base=${this.base}></console-merchant>`:d}
      ${s("search")?i`<console-search q=${this.place.query.get("q")??""}></console-search>`:d}
      ${s("settings")?i`<console-settings .base=${this.base}></console-settings>`:d}
      ${s("access")?i`<console-access .operator=${this.operator}></console-access>`:d}
      ${l?d:Gi()}
    `},Ei=function(){let e=o.queue,t=s=>{let r=s.status==="approved"?e.approving:e.denying,{title:l}=s;return s.state==="failed"?i`<div class="toast bad" role="alert">
          <span>${R(e.notSent,{title:l,reason:s.error.message})}</span>
          <button class="button" type="button" @click=${()=>this.decisions.dismiss(s.id)}>${this.texts.actions.close}</button>
        </div>`:i`<div class="toast">
        <span>${s.state==="sending"?e.sending:R(e.soon,{decision:r,title:l,n:s.secondsLeft})}</span>
        <button class="button" type="button" ?disabled=${s.state==="sending"} @click=${()=>this.decisions.undo(s.id)}>
          ${e.undo}
        </button>
      </div>`};return i`<div class="toasts">${[...this.decisions.pending.values()].slice(-5).map(t)}</div>`},Si=function(){let e=o.keys,t=[["/",e.search],["j",e.next],["k",e.previous],["a",e.approve],["d",e.deny],["n",e.note],["u",e.undo],["g",e.go],["?",e.help]];return i`<dialog aria-labelledby="keys">
      <div class="head"><h2 id="keys">${e.title}</h2></div>
      <dl class="pairs">${t.map(([s,r])=>i`<dt><kbd>${s}</kbd></dt><dd>${r}</dd>`)}</dl>
      <label class="check">
        <input type="checkbox" .checked=${ke()} @change=${s=>Ps(s.target.checked)} />
        <span>${e.on}</span>
      </label>
      <form method="dialog"><button class="button">${this.texts.actions.close}</button></form>
    </dialog>`},He=new WeakMap,Ue=new WeakMap,$t=new WeakMap,ve=new WeakMap,wt=new WeakMap,Fe=new WeakMap,ze=new WeakMap,te.styles=[y,ss,ki],h([g({attribute:!1})],te.prototype,"operator",2),h([g({attribute:!1})],te.prototype,"decisions",2),h([g()],te.prototype,"base",2),h([w()],te.prototype,"place",2),te=h([b("console-shell")],te);function Gi(){let{title:n,hint:p,back:e}=o.nowhere;return k("search",n,p,i`<a class="button" href="#/">${e}</a>`,"status")}var xt,Q=class extends T{constructor(){super(...arguments);this.base="";this.expired=!1;this.known="";this.busy=!1;this.error=null;m(this,xt,async e=>{let{text:t}=K(e);this.busy=!0,this.error=null;let{data:s,error:r}=await bs(this.base,t("key"),t("name"));this.busy=!1,this.error=r,s&&this.dispatchEvent(new CustomEvent("signed-in",{detail:s}))})}begin(){}firstUpdated(){this.updateComplete.then(()=>this.renderRoot.querySelector("input")?.focus())}view(){let e=o.signIn,{error:t}=this,s=t?.status===401?e.wrong:t?.code==="insufficient_scope"?e.tooLittle:null;return i`<main>
      <h1>${o.title}</h1>
      ${this.expired?i`<div class="notice warn" role="alert">${E("clock")}<div>${e.expired}</div></div>`:""}
      <form class="card" @submit=${a(this,xt)}>
        ${s?i`<div class="notice bad" role="alert">${E("alert")}<div>${s}</div></div>`:P(t,this.texts)}
        ${A("key",e.key,"",t,{type:"password",required:!0,hint:e.keyHint})}
        ${A("name",e.name,this.known,t,{required:!0,maxlength:100,hint:e.nameHint,autocomplete:"name"})}
        <button class="button primary" type="submit" ?disabled=${this.busy}>${e.submit}</button>
      </form>
    </main>`}};xt=new WeakMap,Q.styles=[y,_`
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
    `],h([g()],Q.prototype,"base",2),h([g({type:Boolean})],Q.prototype,"expired",2),h([g()],Q.prototype,"known",2),h([w()],Q.prototype,"busy",2),h([w()],Q.prototype,"error",2),Q=h([b("console-sign-in")],Q);var Ki={name:"",expiresAt:"",scopes:[],slug:"",branding:{}},kt=new URL(".",document.baseURI).href.replace(/\/$/,""),C,ye,Tt,Oi,Rt,_t,Et,St,Ce,be=class extends Xt{constructor(){super(...arguments);m(this,Tt);this.operator=vs();this.expired=!1;m(this,C,new ns);m(this,ye,new Ye(a(this,C).session));m(this,Rt,e=>{this.operator&&this.operator.slug!==e.detail.slug&&a(this,C).querySelector("console-shell")?.remove(),this.operator=e.detail,this.expired=!1,Je(e.detail),this.updateComplete.then(()=>a(this,C).session.restart())});m(this,_t,async()=>{await a(this,ye).flush();let e=this.operator;this.operator=null,history.replaceState(null,"",location.pathname),await ys(kt,e)});m(this,Et,e=>{this.operator={...this.operator,...e.detail},Je(this.operator)});m(this,St,e=>{e.detail.status===401&&e.detail.code!=="wrong_credential"&&this.operator&&(this.expired=!0)});m(this,Ce,()=>{a(this,ye).flush()})}createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),a(this,C).baseUrl=kt,a(this,C).lang=document.documentElement.lang,a(this,C).fetch=hs(()=>this.operator??Ki),this.addEventListener("orderly-error",a(this,St)),addEventListener("pagehide",a(this,Ce))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("pagehide",a(this,Ce))}render(){let{operator:e}=this;return a(this,C).sessionToken=e?.token??"nobody",i`${a(this,C)}`}updated(){let{operator:e,expired:t}=this,s=a(this,C).querySelector("console-shell");e&&!s&&a(this,C).prepend(s=c(this,Tt,Oi).call(this)),e&&s&&Object.assign(s,{operator:e,hidden:t}),e||s?.remove();let r=!e||t,l=a(this,C).querySelector("console-sign-in");r&&!l&&(l=document.createElement("console-sign-in"),l.addEventListener("signed-in",a(this,Rt)),a(this,C).append(l)),r&&l?Object.assign(l,{base:kt,expired:t,known:e?.name??""}):l?.remove()}};C=new WeakMap,ye=new WeakMap,Tt=new WeakSet,Oi=function(){let e=Object.assign(document.createElement("console-shell"),{decisions:a(this,ye),base:kt});return e.addEventListener("sign-out",a(this,_t)),e.addEventListener("operator-changed",a(this,Et)),e},Rt=new WeakMap,_t=new WeakMap,Et=new WeakMap,St=new WeakMap,Ce=new WeakMap,h([w()],be.prototype,"operator",2),h([w()],be.prototype,"expired",2),be=h([b("orderly-console")],be);var Yi=await xs(navigator.languages);document.documentElement.lang=Yi;document.title=o.title;document.body.append(document.createElement("orderly-console"));export{be as OrderlyConsole};
