import{a as Ht,c as Ut}from"./chunk-2RC6Q33W.js";import{A as je,B as Nt,C as R,D as Ne,E as _,F,G as Dt,L as Mt,M as It,a as k,b as r,c as p,d as Ot,e as b,f as g,g as v,h as P,l as Pt,m as qt,n as At,o as pe,p as Lt,q as E,r as H,s as C,t as jt,u as U,v as Ae,w as D,x as ee,y as te,z as Le}from"./chunk-FCU7BAHS.js";import{a as l,b as o,c as u,d as K,e as c}from"./chunk-TMRNBLX7.js";var ht="/api/v1/embed",Gs={id:"",externalId:"",name:null,email:null};function Ct(n){return async(h,e)=>{let t=new URL(String(h)),s=Wt(t);return s==="/session"?mt(zt(n(),Gs,[])):(s.startsWith("/~/")&&Kt(t,`/api/v1${s.slice(2)}`),fetch(t,{...e,keepalive:e?.method==="PATCH"}))}}var Bs=[[/^\/(orders|shipments|tracking-pages)(\/[^/]+)?$/,"/api/v1/$1$2"],[/^\/tracking\/([^/]+)$/,"/api/v1/shipments/$1"],[/^\/(webhooks|webhooks\/[^/]+\/(deliveries|replay)|webhooks\/[^/]+\/deliveries\/[^/]+\/retry)$/,"/api/v1/$1"],[/^\/alerts\/notifications$/,"/api/v1/notifications"],[/^\/alerts\/rules$/,"/api/v1/alert-rules"],[/^\/(bridges|bridges\/[^/]+\/runs)$/,"/api/v1/$1"]];function Ft(n,h){return async(e,t)=>{let s=new URL(String(e)),i=Wt(s);if(i==="/session")return mt(zt(n,h,Vs));let[a,m]=Bs.find(([f])=>f.test(i))??[];return a?(Kt(s,i.replace(a,m)),s.searchParams.set("end_user_id",h.id),fetch(s,t)):mt({code:"not_found",message:"The console does not show this."},404)}}var Vs=["bridges:read","orders:read","shipments:read","tracking:read","alerts:read","webhooks:read"],Ys=["bridges","data_room","smart_alerts","end_user_webhooks","branded_tracking"];function zt(n,h,e){return{sessionId:"",expiresAt:n.expiresAt,scopes:e,enabledFeatures:Ys,allowedBridgeTypes:[],readOnly:!0,endUser:h,organization:{slug:n.slug,branding:{}}}}function Wt(n){return n.pathname.slice(n.pathname.indexOf(ht)+ht.length)}function Kt(n,h){n.pathname=n.pathname.slice(0,n.pathname.indexOf(ht))+h}function mt(n,h=200){let e=h<400?{data:n}:{error:n};return new Response(JSON.stringify(e),{status:h,headers:{"Content-Type":"application/json"}})}var De=class extends EventTarget{constructor(e){super();this.pending=new Map;this.#t=new Map;this.#e=e}#e;#t;decide(e){this.pending.get(e.id)?.state!=="sending"&&(this.#i(e.id),this.pending.delete(e.id),this.pending.set(e.id,{...e,state:"waiting",secondsLeft:5e3/1e3,error:null}),this.#t.set(e.id,setInterval(()=>this.#n(e.id),1e3)),this.#s())}undo(e){let t=[...this.pending.values()].filter(({state:i})=>i==="waiting"),s=e?t.find(i=>i.id===e):t.at(-1);return s?(this.#r(s.id),s):null}dismiss(e){this.pending.get(e)?.state==="failed"&&this.#r(e)}async flush(){await Promise.all([...this.pending.values()].filter(({state:e})=>e==="waiting").map(({id:e})=>this.#o(e)))}#n(e){let t=this.pending.get(e);if(!t)return this.#i(e);t.secondsLeft-=1,t.secondsLeft<=0?this.#o(e):this.#s()}async#o(e){let t=this.pending.get(e);this.#i(e),t.state="sending",this.#s();let{status:s,note:i,application:a}=t,m={status:s,...i?{resolutionNote:i}:{},...a?{application:a}:{}},{error:f}=await this.#e.call($=>$.embed.request("PATCH",`/action-requests/${e}/resolve`,{body:m}));if(f){t.state="failed",t.error=f,this.#s();return}this.#r(e),this.dispatchEvent(new CustomEvent("sent",{detail:t}))}#r(e){this.#i(e),this.pending.delete(e),this.#s()}#i(e){clearInterval(this.#t.get(e)),this.#t.delete(e)}#s(){this.dispatchEvent(new Event("change"))}};var gt="orderly-console";function Bt(){try{let n=JSON.parse(sessionStorage.getItem(gt)??"null");return n&&Date.parse(n.expiresAt)>Date.now()?n:null}catch{return null}}function Me(n){n?sessionStorage.setItem(gt,JSON.stringify(n)):sessionStorage.removeItem(gt)}async function Vt(n,h,e){let t=await ft(n,"POST","/api/v1/console/sessions",h,{name:e});if(t.error)return t;let{token:s,id:i,expires_at:a,scopes:m}=t.data,f=await ft(n,"GET","/api/v1/embed/config/me",s),{slug:$,branding:I}=f.data??{slug:"",branding:{}};return{data:{token:s,id:i,name:e,expiresAt:a,scopes:m??[],slug:$,branding:I},error:null}}async function Yt(n,h){Me(null),await ft(n,"DELETE",`/api/v1/console/sessions/${h.id}`,h.token)}async function ft(n,h,e,t,s){try{let i=await fetch(n+e,{method:h,headers:{Authorization:`Bearer ${t}`,...s?{"Content-Type":"application/json"}:{}},body:s&&JSON.stringify(s),credentials:"omit",keepalive:!0}),a=await i.json().catch(()=>null);return i.ok?{data:a?.data??a,error:null}:{data:null,error:Gt(i.status,a?.error)}}catch(i){return{data:null,error:Gt(0,{code:"NETWORK_ERROR",message:String(i)})}}}function Gt(n,h){let{code:e="UNREADABLE_ANSWER",message:t="",details:s=[]}=h??{};return{code:e,message:t,status:n,details:s,requestId:null,retryAfter:null}}function ue(n){let[h="",e=""]=n.replace(/^#\/?/,"").split("?");return{path:h.split("/").filter(Boolean).map(Js),query:new URLSearchParams(e)}}function S(...n){return`#/${n.map(encodeURIComponent).join("/")}`}function Jt(n){let h=Object.entries(n).filter(t=>!!t[1]),e=h.length?`?${new URLSearchParams(h)}`:"";history.replaceState(history.state,"",`${location.hash.split("?")[0]||"#/"}${e}`)}function Ie(n){location.hash=n}function Js(n){try{return decodeURIComponent(n)}catch{return n}}var T=class extends Ae{constructor(){super(...arguments);this.needs=["",[]]}get isAllowed(){return!0}},V=class extends Dt{constructor(){super(...arguments);this.needs=["",[]];this.address="";this.#e=null}get isAllowed(){return!0}willUpdate(e){super.willUpdate(e),e.has("address")&&this.address!==this.#e&&this.#t()}#e;#t(){let{cursors:e,...t}=Object.fromEntries(new URLSearchParams(this.address));this.filters=t,this.cursors=e?e.split(","):[],this.#e=this.address,this.page.asked&&this.page.load()}placed(){Jt({...this.filters,cursors:this.cursors.join(",")}),this.#e=ue(location.hash).query.toString()}async read(e,t,s){return await e.embed.request("GET",this.path,{query:t,...s})}csv(){return{name:"",rows:[]}}};l([g()],V.prototype,"address",2);function z(...n){let h=e=>typeof e=="string"?e:r`<span class="hidden">${e.hidden}</span>`;return r`<tr role="row">${n.map(e=>r`<th role="columnheader">${h(e)}</th>`)}</tr>`}var y=[Pt,qt,Nt,k`
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
  `];var vt={title:"Console",skip:"Skip to the content",actions:"Actions",signIn:{title:"Sign in",key:"API key",keyHint:"It begins with oh_. The console can do what the key can, for 8 hours.",name:"Your name",nameHint:"What you do is logged with it.",submit:"Sign in",expired:"Your session has ended. Sign in again to go on where you were.",wrong:"This is not an API key of this system, or it was revoked.",out:"Sign out"},sections:{label:"Sections",overview:"Overview",queue:"Requests",merchants:"Merchants",events:"Events",settings:"Settings",access:"Access"},keys:{title:"Keys",search:"search",next:"next request",previous:"previous request",approve:"approve",deny:"deny",note:"write a note; Ctrl+Enter approves",undo:"undo the last decision",go:"then r, m, e, s, a: go to a section",help:"these keys",on:"React to these keys"},search:{title:"Search",label:"Order number, tracking number or e-mail",hint:"The whole number or address, over all merchants.",none:"Nothing has this number or address.",order:"Order",shipment:"Shipment",merchant:"Merchant",found:{one:"{n} result for “{q}”",other:"{n} results for “{q}”"}},overview:{title:"Overview",requests:"Open requests",exceptions:"Shipments held up",bridges:"Connections in error",webhooks:"Failing webhooks",orders:"Orders by status",shipments:"Shipments by status",none:"None yet",days:"By day",day:"Day",ordered:"Orders",shipped:"Shipped",delivered:"Delivered",late:"Late",chart:"Orders, shipped and delivered by day, from {from} to {to}. The table below has the figures.",figures:"Figures"},queue:{title:"Requests",empty:"Nothing waits for a decision",emptyHint:"Requests of merchants appear here.",order:"Order",customer:"Customer",merchant:"Merchant",asked:"Asked",expires:"Expires",reason:"Reason",changes:"Change",policy:"Policy",note:"Note to the merchant",noteHint:"Sent with your decision.",approve:"Approve",deny:"Deny",approving:"Approved",denying:"Denied",soon:"{decision}: {title}. Sent in {n} s.",sending:"Sending…",notSent:"{title} was not decided: {reason}",undo:"Undo",refund:"Also pay back what the shopper paid",notify:"Let the shop write to the shopper",decided:"Decided by {who}, {time}",answer:"Note",application:"At the shop",retry:"Try again",markDone:"Mark as done",doneNote:"What was done (optional)",deleted:"deleted",policies:{off:"Not allowed by your settings now.",auto:"Approved without you while the policy holds.",person:"Decided by a person.",window:"Within {n} minutes of the order.",until:"Until the order is “{status}”."},new:"There are newer requests.",show:"Show them"},merchants:{title:"Merchants",search:"Search by your id",empty:"No merchants yet",emptyHint:"A merchant appears once your application opens a session for them.",merchant:"Merchant",id:"Your id",email:"E-mail",connections:"Connections",since:"Since",view:"See what they see",viewHint:"Opens the portal for 15 minutes. Nothing can be changed there, and it is logged.",opened:"The portal was opened in a new tab.",blocked:"Your browser blocked the new tab. Open it here:",open:"Open the portal",tabs:{orders:"Orders",shipments:"Shipments",connections:"Connections",webhooks:"Webhooks",alerts:"Alerts",pages:"Tracking pages",sessions:"Sessions",events:"Events"},sessions:{empty:"No live sessions",emptyHint:"The merchant is not signed in anywhere.",kind:"Kind",kinds:{server:"By your server",auto:"By the browser",read_only:"Read-only"},begun:"Begun",ends:"Ends",end:"End",endAll:"End all sessions",endAllSure:"End all sessions now",ended:{one:"{n} session was ended.",other:"{n} sessions were ended."},allEnded:"All sessions were ended."}},events:{title:"Event log",empty:"Nothing has happened yet",event:"Event",about:"About",by:"By",time:"Time",type:"Type",typeHint:"order.created",details:"Details",apply:"Filter"},why:{title:"Why did it not arrive?",link:"Why did it not arrive?",hint:"What happened to order {number}, and what each webhook was told of it.",verdicts:{fine:"Everything was delivered.",none:"No webhook was told of this order: none wants its events.",failed:{one:"{n} delivery failed.",other:"{n} deliveries failed."},pending:{one:"{n} delivery waits for its next attempt.",other:"{n} deliveries wait for their next attempt."},skipped:{one:"{n} delivery was skipped.",other:"{n} deliveries were skipped."}},attempt:"Attempt {n}",receiver:"Webhook",answer:"Answer",retry:"Send again",sent:"It is sent again.",noEvents:"There are no events of this order.",noDeliveries:"Not delivered to any webhook: none wants this event.",partial:"There is more than is shown here. The webhook’s own list has all of it."},settings:{title:"Settings",brand:"Brand",company:"Company name",colour:"Brand colour",logo:"Logo (https address)",email:"E-mail for shoppers",url:"Help page",phone:"Phone for shoppers",saved:"Saved.",preview:"Preview",portal:"Portal",tracking:"Tracking page",trackingHint:"With the saved name and logo, and the colour above.",light:"Light",dark:"Dark",contrast:"White text on this colour has a contrast of {n} : 1.",contrastGood:"That is enough (4.5 : 1).",contrastAdjusted:"That is less than 4.5 : 1, so text is shown as {text} on {fill}.",badColour:"A colour such as #0f766e",policies:"Requests of merchants",policiesHint:"What merchants may ask for an order, and what needs no decision of yours.",allowed:"Allowed",auto:"Approve without asking",minutes:"Minutes since the order",until:"Until the order is",always:"Always",general:"General",slug:"Slug",origins:"Pages that may call the API and show the portal, one a line",features:"Features",featureNames:{bridges:"Connections",data_room:"Orders and shipments",action_requests:"Requests",smart_alerts:"Alerts",end_user_webhooks:"Webhooks",branded_tracking:"Tracking pages"},active:"The embed is active. Without it, merchants see nothing.",publishable:"Publishable key",choose:"Choose a colour"},access:{title:"Access",keys:"API keys",name:"Name",scopes:"May",scopeNames:{"embed:manage":"manage merchants, settings and requests","bridges:sync":"send orders and shipments","keys:manage":"manage API keys"},key:"Key",used:"Last used",never:"Never",expires:"Expires",no:"Never",create:"Create key",add:"New key",once:"This is the key. It is shown only now.",revoke:"Revoke",own:"Your own",operators:"Signed in to the console",operator:"Name",begun:"Since",until:"Until",end:"End",you:"You",noOperators:"Nobody is signed in."},nowhere:{title:"There is nothing here",hint:"The link may be old or incomplete.",back:"Back to the start"}};var Qt={de:async()=>(await import("./de-FSZIZ254.js")).de},d=vt;async function Xt(n){let e=n.map(s=>s.toLowerCase().split("-")[0]).find(s=>s==="en"||Object.hasOwn(Qt,s))??"en",t=await Qt[e]?.().catch(()=>null);return d=t??vt,t?e:"en"}var Qs=["embed:manage","bridges:sync","keys:manage"],O,Zt,es,bt,ts,ss,He,Ue,is,rs,Y=class extends T{constructor(){super(...arguments);u(this,O);this.adding=!1;this.sure=null;this.created=null;this.action=new U(this);this.keys=new D(this,(e,t)=>e.embed.request("GET",`${"/~"}/api-keys`,t));this.operators=new D(this,(e,t)=>e.embed.request("GET",`${"/~"}/console/sessions`,t));u(this,He,async()=>{this.adding=!0,this.created=null,this.action.clear(),await this.updateComplete,this.renderRoot.querySelector("[name=name]").focus()});u(this,Ue,async e=>{let{data:t,text:s}=F(e),i=s("expires"),a=t.getAll("scopes"),m={name:s("name"),scopes:a,...i?{expiresAt:new Date(`${i}T23:59:59`).toISOString()}:{}},f=await this.action.run("create",($,I)=>$.embed.request("POST",`${"/~"}/api-keys`,{body:m,...I}));f&&(this.created=f,this.adding=!1,await this.keys.load())})}begin(){this.keys.asked||this.keys.load(),this.operators.asked||this.operators.load()}view(){let e=d.access;return r`<div class="stack">
      <div class="head">
        <h2>${e.keys}</h2>
        <button class="button primary push" type="button" ?hidden=${this.adding} @click=${o(this,He)}>${E("plus")}${e.add}</button>
      </div>
      ${this.created?c(this,O,ts).call(this,this.created):p} ${this.adding?c(this,O,ss).call(this):p}
      ${this.adding?p:_(this.action.error,this.texts)}
      <div class="card scroll cards">${c(this,O,Zt).call(this)}</div>
      <div class="head"><h2>${e.operators}</h2></div>
      <div class="card scroll cards">${c(this,O,es).call(this)}</div>
    </div>`}};O=new WeakSet,Zt=function(){let e=d.access,t=this.keys.answer?.data;return t?r`<table role="table">
      <thead role="rowgroup">${z(e.name,e.scopes,e.used,e.expires,{hidden:d.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>r`<tr role="row">
            <td role="cell" class="first">${s.name}<span class="also code">${s.prefix}…</span></td>
            <td role="cell" class="wide">${s.scopes.map(i=>e.scopeNames[i]??i).join(", ")}</td>
            <td role="cell" class="muted wide">${s.last_used_at?this.format.dateTime(s.last_used_at):e.never}</td>
            <td role="cell" class="muted wide">${s.expires_at?this.format.dateTime(s.expires_at):e.no}</td>
            <td role="cell" class="second end">${c(this,O,bt).call(this,s.id,e.revoke,()=>c(this,O,is).call(this,s.id))}</td>
          </tr>`)}
      </tbody>
    </table>`:this.keys.error&&!this.keys.loading?this.problem(this.keys):C(3,this.texts)},es=function(){let e=d.access,t=this.operators.answer?.data;return t?t.length?r`<table role="table">
      <thead role="rowgroup">${z(e.operator,e.begun,e.until,{hidden:d.actions})}</thead>
      <tbody role="rowgroup">
        ${t.map(s=>r`<tr role="row">
            <td role="cell" class="first">${s.name} ${s.id===this.operator.id?r`<span class="badge">${e.you}</span>`:p}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              ${s.id===this.operator.id?p:c(this,O,bt).call(this,s.id,e.end,()=>c(this,O,rs).call(this,s.id))}
            </td>
          </tr>`)}
      </tbody>
    </table>`:H("lock",e.noOperators,p,p,"status"):this.operators.error&&!this.operators.loading?this.problem(this.operators):C(2,this.texts)},bt=function(e,t,s){let i=this.sure===e;return r`<button
      class="link"
      type="button"
      ?disabled=${this.action.busy!==null}
      @click=${()=>i?s():this.sure=e}
      @blur=${()=>this.sure=null}
    >
      ${i?this.texts.actions.sure:t}
    </button>`},ts=function(e){return r`<div class="notice good" role="status">
      ${E("lock")}
      <div class="stack">
        <p><strong>${e.name}</strong>: ${d.access.once}</p>
        <div class="secret"><code class="code">${e.key}</code>${Le(e.key,this.texts)}</div>
      </div>
    </div>`},ss=function(){let e=d.access,t=this.action.error,s=Qs.filter(i=>!this.operator.scopes.length||this.operator.scopes.includes(i));return r`<form class="card" @submit=${o(this,Ue)}>
      ${_(t,this.texts)} ${R("name",e.name,"",t,{required:!0,maxlength:100})}
      <fieldset>
        <legend>${e.scopes}</legend>
        ${s.map(i=>r`<label class="check">
            <input type="checkbox" name="scopes" value=${i} /><span>${e.scopeNames[i]} <span class="hint code">${i}</span></span>
          </label>`)}
      </fieldset>
      ${R("expires",e.expires,"",t,{type:"date"})}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${e.create}</button>
        <button class="button" type="button" @click=${()=>this.adding=!1}>${this.texts.actions.cancel}</button>
      </div>
    </form>`},He=new WeakMap,Ue=new WeakMap,is=async function(e){this.sure=null,await this.action.run(e,t=>t.embed.request("DELETE",`${"/~"}/api-keys/${e}`))&&await this.keys.load()},rs=async function(e){this.sure=null,await this.action.run(e,s=>s.embed.request("DELETE",`${"/~"}/console/sessions/${e}`))&&await this.operators.load()},Y.styles=[y],l([g({attribute:!1})],Y.prototype,"operator",2),l([v()],Y.prototype,"adding",2),l([v()],Y.prototype,"sure",2),l([v()],Y.prototype,"created",2),Y=l([b("console-access")],Y);var Ce,os,Fe,se=class extends V{constructor(){super(...arguments);u(this,Ce);this.merchant="";this.shown=null;this.path="/events";u(this,Fe,e=>{this.filter({event_type:F(e).text("event_type")})})}read(e,t,s){return super.read(e,this.merchant?{...t,end_user_id:this.merchant}:t,s)}view(){let e=d.events;return r`<section class="stack">
      ${this.merchant?p:r`<div class="head"><h2>${e.title}</h2></div>`}
      <form role="search" @submit=${o(this,Fe)}>
        <label class="field">
          <span>${e.type}</span>
          <input class="input" name="event_type" list="types" maxlength="100" placeholder=${e.typeHint} .value=${this.filters.event_type??""} />
          <datalist id="types">${Object.keys(this.texts.events).map(t=>r`<option value=${t}></option>`)}</datalist>
        </label>
        ${this.dayField("from")} ${this.dayField("to")}
        <div><button class="button" type="submit">${e.apply}</button></div>
      </form>
      ${this.list()}
    </section>`}head(){let e=d.events;return z(e.event,e.about,e.by,e.time)}row(e){let t=this.shown===e.id,s=Object.keys(e.metadata).length>0;return r`<tr role="row">
      <td role="cell" class="first">
        ${Object.hasOwn(this.texts.events,e.event_type)?r`${je(e.event_type,this.texts)} <span class="also code">${e.event_type}</span>`:r`<span class="code">${e.event_type}</span>`}
        ${s?r`<button class="link small" type="button" aria-expanded=${t} @click=${()=>this.shown=t?null:e.id}>
              ${d.events.details}
            </button>`:p}
        ${t?r`<pre>${JSON.stringify(e.metadata,null,2)}</pre>`:p}
      </td>
      <td role="cell" class="wide">${c(this,Ce,os).call(this,e)}</td>
      <td role="cell" class="muted wide">${Xs(e)}</td>
      <td role="cell" class="muted date">${this.format.dateTime(e.created_at)}</td>
    </tr>`}empty(){return H("inbox",d.events.empty,p,p,"status")}};Ce=new WeakSet,os=function(e){let t=r`<span class="also code">${e.resource_type} ${e.resource_id??p}</span>`;return e.end_user_id&&e.resource_id&&e.resource_type==="order"?r`<a href=${S("merchants",e.end_user_id,"orders",e.resource_id)}>${d.search.order}</a> ${t}`:e.end_user_id&&!this.merchant?r`<a href=${S("merchants",e.end_user_id)}>${d.search.merchant}</a> ${t}`:t},Fe=new WeakMap,se.styles=[y,k`
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
    `],l([g()],se.prototype,"merchant",2),l([v()],se.prototype,"shown",2),se=l([b("console-events")],se);function Xs(n){let{operator:h,actor_name:e}=n.metadata,t=h??e;return typeof t=="string"?t:n.ip_address??""}var ns="orderly-console-keys";function me(){return sessionStorage.getItem(ns)!=="off"}function as(n){sessionStorage.setItem(ns,n?"on":"off")}function ze(n){let h=n.composedPath()[0];return n.ctrlKey||n.metaKey||n.altKey||n.isComposing||n.defaultPrevented?!0:h instanceof Element&&h.matches("input:not([type=checkbox]), textarea, select, [contenteditable], dialog *, dialog")}var ne,ls,ds,We,Z=class extends T{constructor(){super(...arguments);u(this,ne);this.merchant="";this.sure=!1;this.told="";this.action=new U(this);this.sessions=new D(this,(e,t)=>e.embed.request("GET",`/users/${this.merchant}/sessions`,t));u(this,We,async()=>{let e=await this.action.run("all",t=>t.embed.request("DELETE",`/users/${this.merchant}/sessions`));this.sure=!1,e&&(this.told=d.merchants.sessions.allEnded,await this.sessions.load())})}begin(){this.sessions.asked||this.sessions.load()}view(){let e=d.merchants.sessions,t=this.sessions.answer?.data;return r`<section class="stack">
      ${_(this.action.error,this.texts)}
      ${this.told?r`<div class="notice good" role="status">${this.told}</div>`:p}
      ${t?.length?r`<div class="row">
            ${this.sure?r`<button class="button danger" type="button" ?disabled=${this.action.busy!==null} @click=${o(this,We)}>${e.endAllSure}</button>
                  <button class="button" type="button" @click=${()=>this.sure=!1}>${this.texts.actions.cancel}</button>`:r`<button class="button danger" type="button" @click=${()=>this.sure=!0}>${e.endAll}</button>`}
          </div>`:p}
      <div class="card scroll cards">${c(this,ne,ls).call(this,t)}</div>
    </section>`}};ne=new WeakSet,ls=function(e){let t=d.merchants.sessions;return e?e.length?r`<table role="table">
      <thead role="rowgroup">${z(t.kind,t.begun,t.ends,{hidden:d.actions})}</thead>
      <tbody role="rowgroup">
        ${e.map(s=>r`<tr role="row">
            <td role="cell" class="first">${t.kinds[s.kind]??s.kind}<span class="also">${s.scopes.join(" ")}</span></td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.created_at)}</td>
            <td role="cell" class="muted wide">${this.format.dateTime(s.expires_at)}</td>
            <td role="cell" class="second end">
              <button class="link" type="button" ?disabled=${this.action.busy!==null} @click=${()=>c(this,ne,ds).call(this,s.id)}>${t.end}</button>
            </td>
          </tr>`)}
      </tbody>
    </table>`:H("lock",t.empty,t.emptyHint,p,"status"):this.sessions.error&&!this.sessions.loading?this.problem(this.sessions):C(3,this.texts)},ds=async function(e){await this.action.run(e,s=>s.embed.request("DELETE",`/sessions/${e}`))&&await this.sessions.load()},We=new WeakMap,Z.styles=[y],l([g()],Z.prototype,"merchant",2),l([v()],Z.prototype,"sure",2),l([v()],Z.prototype,"told",2),Z=l([b("console-sessions")],Z);var Zs=50,w,cs,ps,us,yt,hs,ms,gs,fs,ie=class extends Ae{constructor(){super(...arguments);u(this,w);this.needs=["orders:read","data_room"];this.merchant="";this.order="";this.action=new U(this);this.found=new D(this,(e,t)=>e.embed.orders.get(this.order,{},t));this.told=new D(this,(e,t)=>c(this,w,ps).call(this,e,t))}begin(){this.found.asked||c(this,w,cs).call(this)}view(){let e=d.why,t=this.found.answer?.data,s=t?t.order_number??t.external_id:"";return r`<section class="stack">
      <div class="head">
        <a class="button quiet icon" href=${S("merchants",this.merchant,"orders",this.order)} aria-label=${this.texts.actions.back}>${E("back")}</a>
        <h2>${e.title}</h2>
      </div>
      ${t?c(this,w,us).call(this,t,s):c(this,w,yt).call(this,this.found)}
    </section>`}};w=new WeakSet,cs=async function(){await this.found.load(),this.found.answer&&await this.told.load()},ps=async function(e,t){let s=await e.embed.webhooks.list({},t);if(s.error)return s;let{order_number:i}=this.found.answer.data,a={order_number:i??this.found.answer.data.external_id,limit:Zs},m=await Promise.all(s.data.map(({id:I})=>e.embed.webhooks.deliveries(I,a,t))),f=m.find(({error:I})=>I);return f?.error?{data:null,error:f.error}:{data:s.data.map((I,qe)=>{let{data:Ws,pagination:Ks}=m[qe];return{webhook:I,deliveries:Ws,partial:Ks?.hasMore??!1}}),error:null}},us=function(e,t){let s=d.why,i=this.told.answer?.data,a=e.activities.map(({title:m,description:f,timestamp:$,from:I,to:qe})=>({title:m,text:I&&qe?P(this.texts.order.changed,{from:I,to:qe}):f,time:$}));return r`<p class="muted">${P(s.hint,{number:t})}</p>
      ${i?c(this,w,hs).call(this,i):p} ${_(this.action.error,this.texts)}
      <div class="columns">
        <div class="stack">${i?i.map(m=>c(this,w,ms).call(this,m)):c(this,w,yt).call(this,this.told)}</div>
        <section class="card">
          <h3>${this.texts.order.timeline}</h3>
          ${a.length?Mt(a,this.format):r`<p class="pad muted">${s.noEvents}</p>`}
        </section>
      </div>`},yt=function(e){return r`<div class="card">${e.error&&!e.loading?this.problem(e):C(5,this.texts)}</div>`},hs=function(e){let t=d.why.verdicts,s=e.flatMap(({deliveries:m})=>ei(m)),i=m=>s.filter(f=>f.status===m).length,a=["failed","pending","skipped"].filter(m=>i(m)>0);if(a.length){let m=a.map(f=>this.format.plural(i(f),t[f]));return r`<div class="notice ${a[0]==="failed"?"bad":"warn"}" role="status">${E("alert")}<div>${m.join(" ")}</div></div>`}return s.length?r`<div class="notice good" role="status">${E("check")}<div>${t.fine}</div></div>`:r`<div class="notice warn" role="status">${E("alert")}<div>${t.none}</div></div>`},ms=function({webhook:e,deliveries:t,partial:s}){let i=d.why,a=z(this.texts.webhooks.event,this.texts.list.status,i.answer,this.texts.webhooks.time);return r`<section class="card scroll cards told">
      <h3>
        ${e.description??e.url}
        ${e.is_active?p:ee("disabled",this.texts)}
        ${e.disabled_reason?r`<span class="muted small">${e.disabled_reason}</span>`:p}
      </h3>
      ${t.length?r`<table role="table">
            <thead role="rowgroup">${a}</thead>
            <tbody role="rowgroup">${t.map(m=>c(this,w,gs).call(this,e,m))}</tbody>
          </table>`:r`<p class="pad muted">${i.noDeliveries}</p>`}
      ${s?r`<p class="pad muted">${i.partial}</p>`:p}
    </section>`},gs=function(e,t){let s=t.response_status??t.error_class??"",i=[t.error,t.response_snippet].filter(Boolean).join(`
`);return r`<tr role="row">
      <td role="cell" class="first">${je(t.event_type,this.texts)} <span class="also code">${t.event_type}</span></td>
      <td role="cell" class="second">${ee(t.status,this.texts)}</td>
      <td role="cell" class="wide">
        ${s} ${i?r`<pre>${i}</pre>`:p}
        ${t.next_attempt_at?r`<span class="also">${P(this.texts.webhooks.nextAttempt,{time:this.format.dateTime(t.next_attempt_at)})}</span>`:p}
      </td>
      <td role="cell" class="muted wide">
        ${this.format.dateTime(t.created_at)} <span class="also">${P(d.why.attempt,{n:t.attempt})}</span>
        ${t.status==="succeeded"?p:r`<button class="link small" type="button" ?disabled=${this.action.busy!==null} @click=${()=>c(this,w,fs).call(this,e.id,t)}>
              ${d.why.retry}
            </button>`}
      </td>
    </tr>`},fs=async function(e,t){await this.action.run(t.id,i=>i.embed.webhooks.retryDelivery(e,t.delivery_id))&&await this.told.load()},ie.styles=[y,It,k`
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
    `],l([g()],ie.prototype,"merchant",2),l([g()],ie.prototype,"order",2),ie=l([b("console-why")],ie);function ei(n){let h=new Map;for(let e of n){let t=h.get(e.delivery_id);(!t||t.created_at<e.created_at||t.status!=="succeeded"&&e.status==="succeeded")&&h.set(e.delivery_id,e)}return[...h.values()]}var Ke={orders:()=>r`<orderly-orders></orderly-orders>`,shipments:()=>r`<orderly-shipments></orderly-shipments>`,connections:()=>r`<orderly-bridges></orderly-bridges>`,webhooks:()=>r`<orderly-webhooks></orderly-webhooks>`,alerts:()=>r`<orderly-alerts></orderly-alerts>`,pages:()=>r`<orderly-tracking-pages></orderly-tracking-pages>`},vs=["sessions","events"],ti={order:"orders",shipment:"shipments",connect:"connections",trackingPages:"pages"},fe,ae,q,ge,bs,$t,ys,Ge,Be,$s,G=class extends T{constructor(){super(...arguments);u(this,q);this.base="";this.portalUrl=null;this.opened=!1;this.action=new U(this);this.merchant=new D(this,(e,t)=>e.embed.request("GET",`/users/${encodeURIComponent(o(this,q,ge))}`,t));u(this,fe,"");u(this,ae,null);u(this,Ge,e=>{let{view:t,id:s}=e.detail,i=ti[t]??t;i in Ke&&(e.preventDefault(),Ie(S("merchants",o(this,q,ge),i,...s===null?[]:[s])))});u(this,Be,async()=>{let e=window.open("about:blank","_blank"),t={externalId:this.merchant.answer.data.external_id,readOnly:!0},s=await this.action.run("view",i=>i.embed.request("POST","/sessions",{body:t}));this.portalUrl=s?.portalUrl??null,this.opened=!1,e&&s?(e.opener=null,e.location.replace(s.portalUrl),this.opened=!0):e?.close()})}begin(){o(this,fe)!==o(this,q,ge)&&(K(this,fe,o(this,q,ge)),this.merchant.clear(),this.portalUrl=null,this.opened=!1,K(this,ae,null),this.merchant.load())}updated(e){e.has("place")&&this.session?.usable&&this.begin()}view(){let e=this.merchant.answer?.data;if(!e){let i=this.merchant.error&&!this.merchant.loading?this.problem(this.merchant):C(6,this.texts);return r`<div class="stack">${c(this,q,$t).call(this)}<div class="card">${i}</div></div>`}let t=o(this,q,bs),s=d.merchants.tabs;return r`<section class="stack">
      <div class="head">
        ${c(this,q,$t).call(this)}
        <h2>${e.name??e.external_id}</h2>
        <span class="muted">
          ${e.name?r`<span class="code">${e.external_id}</span>`:p} ${e.email??p}
        </span>
        <button class="button push" type="button" title=${d.merchants.viewHint} ?disabled=${this.action.busy!==null} @click=${o(this,Be)}>
          ${d.merchants.view}
        </button>
      </div>
      ${_(this.action.error,this.texts)} ${c(this,q,$s).call(this)}
      <nav class="tabs" aria-label=${e.name??e.external_id}>
        ${[...Object.keys(Ke),...vs].map(i=>r`<a href=${S("merchants",e.id,i)} aria-current=${i===t?"page":p}>${s[i]}</a>`)}
      </nav>
      ${c(this,q,ys).call(this,e,t)}
    </section>`}};fe=new WeakMap,ae=new WeakMap,q=new WeakSet,ge=function(){return this.place.path[1]},bs=function(){let e=this.place.path[2]??"orders";return e==="why"?"orders":e in Ke||vs.includes(e)?e:"orders"},$t=function(){return r`<a class="button quiet icon" href=${S("merchants")} aria-label=${this.texts.actions.back}>${E("back")}</a>`},ys=function(e,t){if(t==="sessions")return r`<console-sessions .merchant=${e.id}></console-sessions>`;if(t==="events")return r`<console-events .merchant=${e.id} .address=${this.place.query.toString()}></console-events>`;let{id:s,external_id:i,name:a,email:m}=e;o(this,ae)??K(this,ae,Ft(this.operator,{id:s,externalId:i,name:a,email:m}));let[,,f,$]=this.place.path;return r`<orderly-embed
      .baseUrl=${this.base}
      .sessionToken=${this.operator.token}
      .fetch=${o(this,ae)}
      @orderly-navigate=${o(this,Ge)}
    >
      <div ?hidden=${$!==void 0}>${Ke[t]()}</div>
      ${f==="orders"&&$?r`<div class="stack">
            <div><a class="button" href=${S("merchants",s,"why",$)}>${d.why.link}</a></div>
            <orderly-order order-id=${$} back></orderly-order>
          </div>`:p}
      ${f==="shipments"&&$?r`<orderly-tracking shipment-id=${$} back></orderly-tracking>`:p}
      ${f==="why"&&$?r`<console-why .merchant=${s} order=${$}></console-why>`:p}
    </orderly-embed>`},Ge=new WeakMap,Be=new WeakMap,$s=function(){if(!this.portalUrl)return p;let e=d.merchants;return r`<div class="notice" role="status">
      <div>
        ${this.opened?e.opened:r`${e.blocked} <a class="link" href=${this.portalUrl} target="_blank" rel="noopener noreferrer">${e.open}</a>`}
        ${e.viewHint}
      </div>
    </div>`},G.styles=[y,k`
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
    `],l([g({attribute:!1})],G.prototype,"operator",2),l([g({attribute:!1})],G.prototype,"place",2),l([g()],G.prototype,"base",2),l([v()],G.prototype,"portalUrl",2),l([v()],G.prototype,"opened",2),G=l([b("console-merchant")],G);var ve=class extends V{constructor(){super(...arguments);this.path="/users"}read(e,{search:t,...s},i){return super.read(e,{...s,external_id:t},i)}view(){return r`<section class="stack">
      <div class="head"><h2>${d.merchants.title}</h2></div>
      <div class="toolbar">${this.searchField(d.merchants.search)}</div>
      ${this.list()}
    </section>`}head(){let e=d.merchants;return z(e.merchant,e.id,e.email,e.connections,e.since)}row(e){return r`<tr role="row">
      <td role="cell" class="first"><a href=${S("merchants",e.id)}>${e.name??e.external_id}</a></td>
      <td role="cell" class="code wide">${e.external_id}</td>
      <td role="cell" class="wide">${e.email}</td>
      <td role="cell" class="number second">${this.format.number(e.bridge_count)}</td>
      <td role="cell" class="muted nowrap date">${this.format.date(e.created_at)}</td>
    </tr>`}empty(){return H("inbox",d.merchants.empty,d.merchants.emptyHint,p,"status")}};ve.styles=[y],ve=l([b("console-merchants")],ve);var wt=["cancel","address_change","hold","release","expedite","note","other"],ws=["pending","confirmed","processing","partially_shipped","shipped","delivered"];function Ve(n){return n?.settings.actionPolicies??{}}function xs(n,h,e){if(!n)return"";let t=Ve(n)[h]??{},s=d.queue.policies,i=[t.autoApprove?s.auto:s.person];return t.enabled===!1&&i.push(s.off),t.windowMinutes&&i.push(P(s.window,{n:t.windowMinutes})),t.untilStatus&&i.push(P(s.until,{status:te(t.untilStatus,e)})),i.join(" ")}var x,Ye,ks,Ts,Es,Rs,Je,Qe,kt,Xe,_s,J=class extends T{constructor(){super(...arguments);u(this,x);this.decided=null;this.policy="";this.open=!1;this.action=new U(this);u(this,Je,async()=>{let e=`/action-requests/${this.row.id}/apply`;await this.action.run("retry",t=>t.embed.request("POST",e))&&c(this,x,kt).call(this)});u(this,Qe,async()=>{let e=this.renderRoot.querySelector("[name=done]").value.trim(),t={status:"applied",...e?{message:e}:{}},s=`/action-requests/${this.row.id}/application`;await this.action.run("done",i=>i.embed.request("PATCH",s,{body:t}))&&c(this,x,kt).call(this)});u(this,Xe,e=>{if(e.key==="Enter"&&(e.ctrlKey||e.metaKey))this.decide("approved");else if(e.key==="Escape")this.focusHead();else return;e.preventDefault()})}begin(){}updated(e){let t=e.get("decided"),s=o(this,x,Ye);t&&!this.decided&&s&&!s.value&&(s.value=t.note)}focusHead(){let e=this.renderRoot.querySelector(".line");e?.focus(),e?.scrollIntoView({block:"nearest"})}writeNote(){o(this,x,Ye)?.focus()}decide(e){if(!o(this,x,ks))return;let t=a=>this.renderRoot.querySelector(`[name=${a}]`)?.checked??!1,s=e==="approved"&&this.row.action_type==="cancel",i={id:this.row.id,title:this.row.title,status:e,note:o(this,x,Ye)?.value.trim()??"",application:s?{refund:t("refund"),notifyCustomer:t("notify")}:null};this.dispatchEvent(new CustomEvent("request-decided",{detail:i}))}view(){let{row:e,decided:t}=this,s=e.end_users;return r`<div class=${t?"decided":""}>
      <button class="line" type="button" aria-expanded=${this.open} @click=${()=>this.dispatchEvent(new Event("request-toggled"))}>
        <span><strong>${e.title}</strong></span>
        <span class="muted who">${s?s.name??s.external_id:d.queue.deleted}</span>
        <span>${ee(t?.status??e.status,this.texts)}</span>
        <span class="muted small nowrap date">${this.format.dateTime(e.created_at)}</span>
      </button>
      ${this.open?c(this,x,Ts).call(this):p}
    </div>`}};x=new WeakSet,Ye=function(){return this.renderRoot.querySelector("textarea[name=note]")},ks=function(){return this.row.status==="pending"&&!this.decided},Ts=function(){let{row:e}=this,t=d.queue,{order:s,end_users:i}=e,a=s?r`<a class="link" href=${S("merchants",e.end_user_id,"orders",s.id)}>${s.order_number??s.external_id}</a>
          ${ee(s.status,this.texts)}`:t.deleted,m=[[t.order,a],[t.customer,s?.customer.name],[t.merchant,i&&r`<a class="link" href=${S("merchants",e.end_user_id)}>${i.name??i.external_id}</a>`],[t.reason,e.description&&xt(e.description)],[t.changes,c(this,x,_s).call(this)],[t.policy,this.policy],[t.asked,this.format.dateTime(e.created_at)],[t.expires,e.status==="pending"?this.format.dateTime(e.expires_at):null],[t.answer,e.resolution_note&&xt(e.resolution_note)]];return r`<div class="body">
      <div class="columns">
        <dl class="pairs">${m.map(([f,$])=>$?r`<dt>${f}</dt><dd>${$}</dd>`:p)}</dl>
        ${e.status==="pending"?c(this,x,Es).call(this):c(this,x,Rs).call(this)}
      </div>
    </div>`},Es=function(){let e=d.queue,t=this.decided!==null;return r`<div class="stack">
      <label class="field">
        <span>${e.note}</span>
        <textarea class="input" name="note" maxlength="2000" ?disabled=${t} @keydown=${o(this,Xe)}></textarea>
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
    </div>`},Rs=function(){let{row:e}=this,t=d.queue,s=e.application,i=this.action.busy!==null;return r`<div class="stack">
      ${e.resolved_at?r`<p class="muted">${P(t.decided,{who:e.resolved_by??"–",time:this.format.dateTime(e.resolved_at)})}</p>`:p}
      ${s?r`<div><span class="label">${t.application}</span> ${ee(s.status,this.texts)}
            ${s.message?r`<p>${s.message}</p>`:p}</div>`:p}
      ${_(this.action.error,this.texts)}
      ${s?.status==="failed"||s?.status==="manual"?r`<label class="field"><span>${t.doneNote}</span><input class="input" name="done" maxlength="2000" /></label>
            <div class="row">
              <button class="button primary" type="button" ?disabled=${i} @click=${o(this,Qe)}>${t.markDone}</button>
              ${s.status==="failed"?r`<button class="button" type="button" ?disabled=${i} @click=${o(this,Je)}>${t.retry}</button>`:p}
            </div>`:p}
    </div>`},Je=new WeakMap,Qe=new WeakMap,kt=function(){this.dispatchEvent(new Event("request-changed"))},Xe=new WeakMap,_s=function(){let e={...this.texts.requests.address,until:this.texts.requests.holdUntil},t=Object.entries(this.row.requested_changes??{}).filter(([,a])=>a!==null&&a!==""),s=a=>typeof a=="string"?a:JSON.stringify(a),i=t.map(([a,m])=>`${e[a]??a}: ${s(m)}`).join(`
`);return i?xt(i):null},J.styles=[y,k`
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
    `],l([g({attribute:!1})],J.prototype,"row",2),l([g({attribute:!1})],J.prototype,"decided",2),l([g({attribute:!1})],J.prototype,"policy",2),l([g({type:Boolean,reflect:!0})],J.prototype,"open",2),J=l([b("console-request")],J);function xt(n){return r`<span class="lines">${n}</span>`}var si=["approved","denied","cancelled","expired","all"],ii=3e4,be,A,Ze,Ss,Tt,Et,ye,$e,we,Os,Q=class extends V{constructor(){super(...arguments);u(this,A);this.active=!1;this.selected=null;this.newer=!1;this.path="/action-requests/queue";u(this,be);this.config=new D(this,(e,t)=>e.embed.request("GET","/config/me",t));u(this,ye,e=>{if(!this.active||!this.rows.length||ze(e)||!me())return;let t=this.rows.findIndex(({id:i})=>i===this.selected),s=c(this,A,Et).call(this,this.selected);if(e.key==="j"||e.key==="k"){let i=this.rows[e.key==="j"?Math.min(t+1,this.rows.length-1):Math.max(t-1,0)];c(this,A,Ze).call(this,i.id),c(this,A,Tt).call(this,i.id)}else if(e.key==="a"&&s)s.decide("approved");else if(e.key==="d"&&s)s.decide("denied");else if(e.key==="n"&&s)s.writeNote();else return;e.preventDefault()});u(this,$e,()=>this.requestUpdate());u(this,we,e=>{let{id:t,status:s}=e.detail,i=this.rows.find(a=>a.id===t);i&&(i.status=s),this.decisions.pending.size===0&&this.refresh()})}begin(){super.begin(),this.config.asked||this.config.load()}connectedCallback(){super.connectedCallback(),addEventListener("keydown",o(this,ye)),this.decisions.addEventListener("change",o(this,$e)),this.decisions.addEventListener("sent",o(this,we)),K(this,be,setInterval(()=>{c(this,A,Os).call(this)},ii))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("keydown",o(this,ye)),this.decisions.removeEventListener("change",o(this,$e)),this.decisions.removeEventListener("sent",o(this,we)),clearInterval(o(this,be))}willUpdate(e){super.willUpdate(e),e.has("active")&&this.active&&this.page.answer&&this.refresh()}view(){let e=d.queue;return r`<section class="stack">
      <div class="head">
        <h2>${e.title}</h2>
        <span class="push muted small keys"><kbd>j</kbd> <kbd>k</kbd> <kbd>a</kbd> <kbd>d</kbd> <kbd>n</kbd> <kbd>u</kbd></span>
      </div>
      <div class="others unfolded">
        <label class="field">
          <span>${this.texts.list.status}</span>
          <select class="input" @change=${t=>this.filter({status:t.target.value})}>
            <option value="">${te("pending",this.texts)}</option>
            ${si.map(t=>r`<option value=${t} ?selected=${this.filters.status===t}>
                ${t==="all"?this.texts.list.all:te(t,this.texts)}
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
        .policy=${xs(this.config.answer?.data,e.action_type,this.texts)}
        ?open=${e.id===this.selected}
        @request-toggled=${()=>c(this,A,Ze).call(this,e.id===this.selected?null:e.id)}
        @request-decided=${t=>c(this,A,Ss).call(this,t.detail)}
        @request-changed=${()=>this.refresh()}
      ></console-request>
    </li>`}head(){return r``}empty(){return H("inbox",d.queue.empty,d.queue.emptyHint,p,"status")}};be=new WeakMap,A=new WeakSet,Ze=function(e){this.selected=e},Ss=function(e){this.decisions.decide(e);let t=this.rows.findIndex(({id:i})=>i===e.id),s=this.rows.slice(t+1).find(({id:i,status:a})=>a==="pending"&&!this.decisions.pending.has(i));c(this,A,Ze).call(this,s?.id??null),c(this,A,Tt).call(this,s?.id??e.id)},Tt=async function(e){await this.updateComplete,c(this,A,Et).call(this,e)?.focusHead()},Et=function(e){return e?this.renderRoot.querySelector(`#r-${e}`):null},ye=new WeakMap,$e=new WeakMap,we=new WeakMap,Os=async function(){if(!this.active||document.hidden||this.cursors.length||this.filters.status||!this.page.answer)return;let e=new Set(this.rows.map(({id:i})=>i)),s=(await this.session.call(i=>i.embed.request("GET",this.path,{query:{limit:5}}))).data??[];this.newer=s.some(({id:i})=>!e.has(i))},Q.styles=[y,k`
      ol {
        display: grid;
        overflow: hidden;
      }
      .others {
        max-inline-size: 240px;
      }
    `],l([g({attribute:!1})],Q.prototype,"decisions",2),l([g({type:Boolean})],Q.prototype,"active",2),l([v()],Q.prototype,"selected",2),l([v()],Q.prototype,"newer",2),Q=l([b("console-queue")],Q);var ri=4.5,Ps="#2f4b7c",oi=150,qs=["company_name","primary_color","logo_url","support_email","support_url","support_phone"],xe,W,As,Ls,et,js,Rt,tt,st,it,M=class extends T{constructor(){super(...arguments);u(this,W);this.base="";this.error=null;this.saved=!1;this.busy=!1;this.draft={};this.theme="light";u(this,xe);this.shownColour="";u(this,et,async(e,t)=>{if(!new URL(String(e)).pathname.endsWith("/embed/session"))return Ut("filled")(e,t);let s={...Ht,organization:{slug:this.config.slug,branding:c(this,W,Rt).call(this)}};return new Response(JSON.stringify({data:s}),{headers:{"Content-Type":"application/json"}})});u(this,tt,e=>{let{name:t,value:s}=e.target;t&&(this.draft={...this.draft,[t]:s})});u(this,st,e=>{e.stopPropagation(),this.draft={...this.draft,primary_color:e.target.value}});u(this,it,e=>{F(e),this.emit("brand-saved",c(this,W,Rt).call(this))})}begin(){}willUpdate(e){if(!e.has("config"))return;let{branding:t}=this.config;this.draft=Object.fromEntries(qs.map(s=>[s,typeof t[s]=="string"?t[s]:""])),this.shownColour=this.draft.primary_color}updated(e){e.has("draft")&&c(this,W,js).call(this)}view(){let e=d.settings,{draft:t,error:s}=this,i=pe(t.primary_color)?t.primary_color:Ps;return r`<section class="stack">
      <div class="head"><h2>${e.brand}</h2></div>
      <div class="columns">
        <form class="card" @submit=${o(this,it)} @input=${o(this,tt)}>
          ${R("company_name",e.company,t.company_name,s,{maxlength:60})}
          <div class="colour">
            ${R("primary_color",e.colour,t.primary_color,s,{maxlength:9,placeholder:Ps})}
            <input type="color" aria-label=${e.choose} .value=${ni(i)} @input=${o(this,st)} />
          </div>
          <p class="hint" role="status">${c(this,W,Ls).call(this,t.primary_color??"")}</p>
          ${R("logo_url",e.logo,t.logo_url,s,{type:"url",maxlength:1e3})}
          ${R("support_email",e.email,t.support_email,s,{type:"email"})}
          ${R("support_url",e.url,t.support_url,s,{type:"url"})}
          ${R("support_phone",e.phone,t.support_phone,s)}
          ${_(s,this.texts)}
          <div class="row">
            <button class="button primary" type="submit" ?disabled=${this.busy}>${this.texts.actions.save}</button>
            <span class="muted" role="status">${this.saved?r`${E("check")} ${e.saved}`:p}</span>
          </div>
        </form>
        <div class="stack">
          <div class="head">
            <h3>${e.portal}</h3>
            <div class="push">${Ne("theme",e.preview,[["light",e.light],["dark",e.dark]],this.theme,a=>this.theme=a)}</div>
          </div>
          <div class="frame" inert>
            <orderly-embed .baseUrl=${this.base} .sessionToken=${"example"} .fetch=${o(this,et)} theme=${this.theme}></orderly-embed>
          </div>
          <h3>${e.tracking}</h3>
          <p class="hint">${e.trackingHint}</p>
          <div class="frame"><iframe inert tabindex="-1" title=${e.tracking} src=${o(this,W,As)}></iframe></div>
        </div>
      </div>
    </section>`}};xe=new WeakMap,W=new WeakSet,As=function(){let e=document.documentElement.lang,t=new URLSearchParams({slug:this.config.slug,primary_color:this.shownColour,lang:e});return`${this.base}/console/tracking-preview?${t}`},Ls=function(e){let t=d.settings;if(!e)return"";let s=pe(e);if(!s)return t.badColour;let i=Lt(s,[255,255,255]),a=P(t.contrast,{n:this.format.number(Math.floor(i*10)/10)});if(i>=ri)return`${a} ${t.contrastGood}`;let{fill:m,onFill:f}=At(e).light;return`${a} ${P(t.contrastAdjusted,{text:f,fill:m})}`},et=new WeakMap,js=function(){this.renderRoot.querySelector("orderly-embed")?.session.restart(),clearTimeout(o(this,xe));let e=this.draft.primary_color?.trim()??"";K(this,xe,setTimeout(()=>{(!e||pe(e))&&(this.shownColour=e)},oi))},Rt=function(){let e=Object.entries(this.config.branding).filter(([t])=>!qs.includes(t));return Object.fromEntries([...e,...Object.entries(this.draft).map(([t,s])=>[t,s.trim()]).filter(([,t])=>t)])},tt=new WeakMap,st=new WeakMap,it=new WeakMap,M.styles=[y,k`
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
    `],l([g({attribute:!1})],M.prototype,"config",2),l([g()],M.prototype,"base",2),l([g({attribute:!1})],M.prototype,"error",2),l([g({type:Boolean})],M.prototype,"saved",2),l([g({type:Boolean})],M.prototype,"busy",2),l([v()],M.prototype,"draft",2),l([v()],M.prototype,"theme",2),l([v()],M.prototype,"shownColour",2),M=l([b("console-brand")],M);function ni(n){return`#${pe(n).map(h=>h.toString(16).padStart(2,"0")).join("")}`}var ai=["data_room","action_requests","smart_alerts","end_user_webhooks","branded_tracking"],L,Ns,Ds,_t,Ms,rt,ke,re=class extends T{constructor(){super(...arguments);u(this,L);this.base="";this.saved=null;this.action=new U(this);this.config=new D(this,(e,t)=>e.embed.request("GET","/config/me",t));u(this,rt,e=>{let{data:t,text:s}=F(e),i=s("slug");if(!this.config.answer)return void c(this,L,ke).call(this,"general",{slug:i});c(this,L,ke).call(this,"general",{slug:i,allowed_origins:s("allowed_origins").split(/\s+/).filter(Boolean),enabled_features:["bridges",...t.getAll("features")],is_active:t.has("is_active")})})}begin(){this.config.asked||this.config.load()}view(){let e=this.config.answer?.data,t=this.config.error?.code==="embed_not_configured";if(!e&&!t){let s=this.config.error&&!this.config.loading?this.problem(this.config):C(8,this.texts);return r`<section class="stack"><h2>${d.settings.title}</h2><div class="card">${s}</div></section>`}return r`<div class="stack">
      ${e?r`<console-brand
              .config=${e}
              .base=${this.base}
              .error=${this.action.errorOf("branding")}
              ?saved=${this.saved==="branding"}
              ?busy=${this.action.busy!==null}
              @brand-saved=${s=>c(this,L,ke).call(this,"branding",{branding:s.detail})}
            ></console-brand>
            ${c(this,L,Ns).call(this,e)}`:p}
      ${c(this,L,Ds).call(this,e)}
    </div>`}};L=new WeakSet,Ns=function(e){let t=d.settings,s=Ve(e),i=ws.map(a=>[a,te(a,this.texts)]);return r`<section class="stack">
      <div class="head"><h2>${t.policies}</h2></div>
      <form class="card" @submit=${a=>c(this,L,Ms).call(this,a,e)}>
        <p class="muted">${t.policiesHint}</p>
        ${wt.map(a=>{let m=s[a]??{};return r`<fieldset>
            <legend>${this.texts.requests.types[a]}</legend>
            <div class="two">
              <div class="stack">
                <label class="check"><input type="checkbox" name="${a}.enabled" .checked=${m.enabled!==!1} /><span>${t.allowed}</span></label>
                <label class="check"><input type="checkbox" name="${a}.auto" .checked=${m.autoApprove===!0} /><span>${t.auto}</span></label>
              </div>
              ${R(`${a}.minutes`,t.minutes,m.windowMinutes?.toString(),null,{type:"number",min:1})}
              ${Ne(`${a}.until`,t.until,[["",t.always],...i],m.untilStatus??"")}
            </div>
          </fieldset>`})}
        ${c(this,L,_t).call(this,"policies")}
      </form>
    </section>`},Ds=function(e){let t=d.settings,s=this.action.errorOf("general");return r`<section class="stack">
      <div class="head"><h2>${t.general}</h2></div>
      <form class="card" @submit=${o(this,rt)}>
        ${R("slug",t.slug,e?.slug,s,{required:!0,maxlength:64})}
        ${e?r`<div class="field"><span>${t.publishable}</span>
                <div class="secret"><code class="code">${e.publishable_key}</code>${Le(e.publishable_key,this.texts)}</div></div>
              ${R("allowed_origins",t.origins,e.allowed_origins.join(`
`),s,{type:"area"})}
              <fieldset>
                <legend>${t.features}</legend>
                <div class="two">
                  ${ai.map(i=>r`<label class="check">
                      <input type="checkbox" name="features" value=${i} .checked=${e.enabled_features.includes(i)} />
                      <span>${t.featureNames[i]}</span>
                    </label>`)}
                </div>
              </fieldset>
              <label class="check"><input type="checkbox" name="is_active" .checked=${e.is_active} /><span>${t.active}</span></label>`:p}
        ${c(this,L,_t).call(this,"general")}
      </form>
    </section>`},_t=function(e){return r`${_(this.action.errorOf(e),this.texts)}
      <div class="row">
        <button class="button primary" type="submit" ?disabled=${this.action.busy!==null}>${this.texts.actions.save}</button>
        <span class="muted" role="status">${this.saved===e?r`${E("check")} ${d.settings.saved}`:p}</span>
      </div>`},Ms=function(e,t){let{data:s,text:i}=F(e),a=Object.fromEntries(wt.map(m=>{let f=i(`${m}.minutes`);return[m,{...Ve(t)[m],enabled:s.has(`${m}.enabled`),autoApprove:s.has(`${m}.auto`),windowMinutes:f?Number(f):null,untilStatus:i(`${m}.until`)||null}]}));c(this,L,ke).call(this,"policies",{settings:{actionPolicies:a}})},rt=new WeakMap,ke=async function(e,t){this.saved=null;let s=await this.action.run(e,i=>i.embed.request("PATCH","/config",{body:t}));s&&(this.saved=e,await this.config.load(),this.emit("operator-changed",{slug:s.slug,branding:s.branding}))},re.styles=[y],l([g()],re.prototype,"base",2),l([v()],re.prototype,"saved",2),re=l([b("console-settings")],re);var Is=k`
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
`;var Hs=["queue","merchants","events","settings","access"],li={r:"queue",m:"merchants",e:"events",s:"settings",a:"access"},oe,Ee,Re,j,Te,St,Us,Cs,Fs,_e,ot,le,Se,Oe,X=class extends T{constructor(){super(...arguments);u(this,j);this.base="";this.place=ue(location.hash);u(this,oe,new Map);u(this,Ee,new Map);u(this,Re,!1);u(this,_e,()=>this.renderRoot.querySelector("dialog").showModal());u(this,ot,()=>this.renderRoot.querySelector("#content").focus());u(this,le,e=>{e&&o(this,Ee).set(this.place.path.join("/"),scrollY),this.place=ue(location.hash),o(this,oe).set(o(this,j,Te),this.place.query.toString()),e&&this.updateComplete.then(()=>scrollTo(0,o(this,Ee).get(this.place.path.join("/"))??0))});u(this,Se,()=>this.requestUpdate());u(this,Oe,e=>{if(this.hidden||ze(e)||!me())return;let t=o(this,Re)?li[e.key]:void 0;if(K(this,Re,e.key==="g"),t)Ie(c(this,j,St).call(this,t));else if(e.key==="?")o(this,_e).call(this);else if(e.key==="u")this.decisions.undo();else return;e.preventDefault(),e.stopImmediatePropagation()})}connectedCallback(){super.connectedCallback(),addEventListener("hashchange",o(this,le)),addEventListener("keydown",o(this,Oe)),this.decisions.addEventListener("change",o(this,Se)),o(this,le).call(this)}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("hashchange",o(this,le)),removeEventListener("keydown",o(this,Oe)),this.decisions.removeEventListener("change",o(this,Se))}begin(){}view(){let{branding:e,slug:t,name:s}=this.operator,i=typeof e.company_name=="string"&&e.company_name?e.company_name:t;return r`<header>
        <button class="button skip" type="button" @click=${o(this,ot)}>${d.skip}</button>
        <div class="wrap">
          <h1>${i}</h1>
          <span class="row push">
            <span class="muted small">${s}</span>
            <button class="button quiet icon" type="button" aria-label=${d.keys.title} @click=${o(this,_e)}><kbd>?</kbd></button>
            <button class="button" type="button" @click=${()=>this.dispatchEvent(new Event("sign-out"))}>${d.signIn.out}</button>
          </span>
        </div>
      </header>
      <nav aria-label=${d.sections.label}>
        <div class="wrap">
          ${Hs.map(a=>r`<a href=${c(this,j,St).call(this,a)} aria-current=${a===o(this,j,Te)?"page":p}>${d.sections[a]}</a>`)}
        </div>
      </nav>
      <main class="wrap content" id="content" tabindex="-1">${c(this,j,Us).call(this)}</main>
      ${c(this,j,Cs).call(this)} ${c(this,j,Fs).call(this)}`}};oe=new WeakMap,Ee=new WeakMap,Re=new WeakMap,j=new WeakSet,Te=function(){return this.place.path[0]??"queue"},St=function(e){let t=e===o(this,j,Te)?"":o(this,oe).get(e);return S(e)+(t?`?${t}`:"")},Us=function(){let[e,t]=[o(this,j,Te),this.place.path.length>1],s=m=>e===m,i=(m,f,$=!s(m))=>o(this,oe).has(m)?r`<div ?hidden=${$}>${f(o(this,oe).get(m))}</div>`:p,a=Hs.some(s)&&(!t||e==="merchants");return r`
      ${i("queue",m=>r`<console-queue .address=${m} .decisions=${this.decisions} ?active=${s("queue")}></console-queue>`)}
      ${i("merchants",m=>r`<console-merchants .address=${m}></console-merchants>`,!s("merchants")||t)}
      ${i("events",m=>r`<console-events .address=${m}></console-events>`)}
      ${s("merchants")&&t?r`<console-merchant .operator=${this.operator} .place=${this.place} .base=${this.base}></console-merchant>`:p}
      ${s("settings")?r`<console-settings .base=${this.base}></console-settings>`:p}
      ${s("access")?r`<console-access .operator=${this.operator}></console-access>`:p}
      ${a?p:di()}
    `},Cs=function(){let e=d.queue,t=s=>{let i=s.status==="approved"?e.approving:e.denying,{title:a}=s;return s.state==="failed"?r`<div class="toast bad" role="alert">
          <span>${P(e.notSent,{title:a,reason:s.error.message})}</span>
          <button class="button" type="button" @click=${()=>this.decisions.dismiss(s.id)}>${this.texts.actions.close}</button>
        </div>`:r`<div class="toast">
        <span>${s.state==="sending"?e.sending:P(e.soon,{decision:i,title:a,n:s.secondsLeft})}</span>
        <button class="button" type="button" ?disabled=${s.state==="sending"} @click=${()=>this.decisions.undo(s.id)}>
          ${e.undo}
        </button>
      </div>`};return r`<div class="toasts">${[...this.decisions.pending.values()].slice(-5).map(t)}</div>`},Fs=function(){let e=d.keys,t=[["j",e.next],["k",e.previous],["a",e.approve],["d",e.deny],["n",e.note],["u",e.undo],["g",e.go],["?",e.help]];return r`<dialog aria-labelledby="keys">
      <div class="head"><h2 id="keys">${e.title}</h2></div>
      <dl class="pairs">${t.map(([s,i])=>r`<dt><kbd>${s}</kbd></dt><dd>${i}</dd>`)}</dl>
      <label class="check">
        <input type="checkbox" .checked=${me()} @change=${s=>as(s.target.checked)} />
        <span>${e.on}</span>
      </label>
      <form method="dialog"><button class="button">${this.texts.actions.close}</button></form>
    </dialog>`},_e=new WeakMap,ot=new WeakMap,le=new WeakMap,Se=new WeakMap,Oe=new WeakMap,X.styles=[y,Is],l([g({attribute:!1})],X.prototype,"operator",2),l([g({attribute:!1})],X.prototype,"decisions",2),l([g()],X.prototype,"base",2),l([v()],X.prototype,"place",2),X=l([b("console-shell")],X);function di(){let{title:n,hint:h,back:e}=d.nowhere;return H("search",n,h,r`<a class="button" href="#/">${e}</a>`,"status")}var nt,B=class extends T{constructor(){super(...arguments);this.base="";this.expired=!1;this.known="";this.busy=!1;this.error=null;u(this,nt,async e=>{let{text:t}=F(e);this.busy=!0,this.error=null;let{data:s,error:i}=await Vt(this.base,t("key"),t("name"));this.busy=!1,this.error=i,s&&this.dispatchEvent(new CustomEvent("signed-in",{detail:s}))})}begin(){}firstUpdated(){this.updateComplete.then(()=>this.renderRoot.querySelector("input")?.focus())}view(){let e=d.signIn,t=this.error?.status===401?{...this.error,message:e.wrong,details:[]}:this.error;return r`<main>
      <h1>${d.title}</h1>
      ${this.expired?r`<div class="notice warn" role="alert">${E("clock")}<div>${e.expired}</div></div>`:""}
      <form class="card" @submit=${o(this,nt)}>
        ${this.error?.status===401?r`<div class="notice bad" role="alert">${E("alert")}<div>${e.wrong}</div></div>`:_(t,this.texts)}
        ${R("key",e.key,"",t,{type:"password",required:!0,hint:e.keyHint})}
        ${R("name",e.name,this.known,t,{required:!0,maxlength:100,hint:e.nameHint,autocomplete:"name"})}
        <button class="button primary" type="submit" ?disabled=${this.busy}>${e.submit}</button>
      </form>
    </main>`}};nt=new WeakMap,B.styles=[y,k`
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
    `],l([g()],B.prototype,"base",2),l([g({type:Boolean})],B.prototype,"expired",2),l([g()],B.prototype,"known",2),l([v()],B.prototype,"busy",2),l([v()],B.prototype,"error",2),B=l([b("console-sign-in")],B);var ci={name:"",expiresAt:"",scopes:[],slug:"",branding:{}},at=new URL(".",document.baseURI).href.replace(/\/$/,""),N,ce,lt,zs,dt,ct,pt,ut,Pe,de=class extends Ot{constructor(){super(...arguments);u(this,lt);this.operator=Bt();this.expired=!1;u(this,N,new jt);u(this,ce,new De(o(this,N).session));u(this,dt,e=>{this.operator&&this.operator.slug!==e.detail.slug&&o(this,N).querySelector("console-shell")?.remove(),this.operator=e.detail,this.expired=!1,Me(e.detail),this.updateComplete.then(()=>o(this,N).session.restart())});u(this,ct,async()=>{await o(this,ce).flush();let e=this.operator;this.operator=null,history.replaceState(null,"",location.pathname),await Yt(at,e)});u(this,pt,e=>{this.operator={...this.operator,...e.detail},Me(this.operator)});u(this,ut,e=>{e.detail.status===401&&e.detail.code!=="wrong_credential"&&this.operator&&(this.expired=!0)});u(this,Pe,()=>{o(this,ce).flush()})}createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),o(this,N).baseUrl=at,o(this,N).lang=document.documentElement.lang,o(this,N).fetch=Ct(()=>this.operator??ci),this.addEventListener("orderly-error",o(this,ut)),addEventListener("pagehide",o(this,Pe))}disconnectedCallback(){super.disconnectedCallback(),removeEventListener("pagehide",o(this,Pe))}render(){let{operator:e}=this;return o(this,N).sessionToken=e?.token??"nobody",r`${o(this,N)}`}updated(){let{operator:e,expired:t}=this,s=o(this,N).querySelector("console-shell");e&&!s&&o(this,N).prepend(s=c(this,lt,zs).call(this)),e&&s&&Object.assign(s,{operator:e,hidden:t}),e||s?.remove();let i=!e||t,a=o(this,N).querySelector("console-sign-in");i&&!a&&(a=document.createElement("console-sign-in"),a.addEventListener("signed-in",o(this,dt)),o(this,N).append(a)),i&&a?Object.assign(a,{base:at,expired:t,known:e?.name??""}):a?.remove()}};N=new WeakMap,ce=new WeakMap,lt=new WeakSet,zs=function(){let e=Object.assign(document.createElement("console-shell"),{decisions:o(this,ce),base:at});return e.addEventListener("sign-out",o(this,ct)),e.addEventListener("operator-changed",o(this,pt)),e},dt=new WeakMap,ct=new WeakMap,pt=new WeakMap,ut=new WeakMap,Pe=new WeakMap,l([v()],de.prototype,"operator",2),l([v()],de.prototype,"expired",2),de=l([b("orderly-console")],de);var pi=await Xt(navigator.languages);document.documentElement.lang=pi;document.title=d.title;document.body.append(document.createElement("orderly-console"));export{de as OrderlyConsole};
