/** The components for any page: `<script type="module" src="https://…/embed.js">`. */

// The element around the others comes first, so that they find it when they are defined.
export { OrderlyEmbed } from './components/embed.js';
export { OrderlyAlerts } from './components/alerts.js';
export { OrderlyBridges } from './components/bridges.js';
export { OrderlyInsights } from './components/insights.js';
export { OrderlyConnect } from './components/connect.js';
export { OrderlyNotifications } from './components/notifications.js';
export { OrderlyOrder } from './components/order.js';
export { OrderlyOrders } from './components/orders.js';
export { OrderlyPortal } from './components/portal.js';
export { OrderlyRequests } from './components/requests.js';
export { OrderlyShipments } from './components/shipments.js';
export { OrderlyTrackingPages } from './components/tracking-pages.js';
export { OrderlyWebhooks } from './components/webhooks.js';
export { OrderlyTracking } from './components/tracking.js';
export type { FetchSession } from './session.js';
