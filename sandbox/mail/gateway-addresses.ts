/** Where the other gateway sends from, as the tenants behind it have it in their connectors. */
export const gatewayAddresses = ["198.51.100.10", "198.51.100.11"];
