/** The gateway's egress addresses as its documentation lists them for Microsoft 365, written out here because the sandbox shares nothing with the product. */
export const egress = [
  "52.11.209.211",
  "52.89.255.11",
  "52.0.67.109",
  "54.173.50.115",
  "158.51.64.0/26",
  "158.51.65.0/26",
  "35.157.195.63",
  "52.58.35.43",
  ...Array.from({ length: 32 }, (_, index) => `104.30.${32 + index}.0/24`),
  "134.195.26.0/24",
  "134.195.27.0/24",
];
