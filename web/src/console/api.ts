/** What the console reads, beyond what the components do. */
export type * from './types.js';

export interface Overview {
  /** By status. */
  orders: Record<string, number>;
  shipments: Record<string, number>;
  exceptions: number;
  open_requests: number;
  bridges_in_error: number;
  failing_webhooks: number;
}

interface Owner {
  id: string;
  external_id: string;
  name: string | null;
}

export interface Found {
  type: 'order' | 'shipment';
  id: string;
  status: string;
  order_number: string | null;
  tracking_number: string | null;
  end_user: Owner;
}

export interface OperatorRow {
  id: string;
  name: string;
  created_at: string;
  expires_at: string;
}

export interface SessionRow {
  id: string;
  kind: string;
  scopes: string[];
  created_at: string;
  expires_at: string;
}
