/** When the certificates below are valid: within their ten years. */
export const WITHIN_CERTIFICATES = Date.UTC(2027, 0, 1);

/** Self-signed certificates of two partners, as `openssl req -x509` makes them. */
export const CERTIFICATES = {
  "metal-works": `-----BEGIN CERTIFICATE-----
MIIBgjCCASegAwIBAgIUGSb22GMxI2tUokxDbkdX4+xoNgswCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLbWV0YWwtd29ya3MwHhcNMjYxMTI4MTgzODEwWhcNMzYxMTI1
MTgzODEwWjAWMRQwEgYDVQQDDAttZXRhbC13b3JrczBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABEvkQNae2YsJTo99tRq9dqC70FdwbttWaOPny0r5UzEzPu2+PtHp
xpI4MLGecDZNxUsgkOP/A56H/QZ9e/tFwl6jUzBRMB0GA1UdDgQWBBQgREjOzz2u
KzMadCeAUAUEq3nAUDAfBgNVHSMEGDAWgBQgREjOzz2uKzMadCeAUAUEq3nAUDAP
BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDpvaaBE+WcM2sf0WL3
KN8UfQWYHd4Wp+Gj4d4zaN7mGQIhAM17JPSOXjrThfIMRNvaKak5YMRo8TFK7UjJ
7cTWoblo
-----END CERTIFICATE-----
`,
  "paper-mill": `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUFYrul3TAqtR1s5HViwIonn6u6qowCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKcGFwZXItbWlsbDAeFw0yNjExMjgxODM4MTBaFw0zNjExMjUx
ODM4MTBaMBUxEzARBgNVBAMMCnBhcGVyLW1pbGwwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASYOnYRausH5vU/mUM9/hgrooMYVVTD8RI3aNyPGaNIA7Tg6nO7YCMg
os8WKADsaj2qUZRRAmasBxhKEzH8WGNyo1MwUTAdBgNVHQ4EFgQU2XA/DgvYKWqo
DO6slMH+Uj6fUhQwHwYDVR0jBBgwFoAU2XA/DgvYKWqoDO6slMH+Uj6fUhQwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiAkDApMj0gj73Zd9e83HITM
hYb11Vboqj4B+qqZP4XYEwIhAOrUHU+pT/kqnSByJtVCYOIVth6FVt7yKRHKCiQN
6zy3
-----END CERTIFICATE-----
`,
};

/** A certificate as a load balancer writes it into a header: URL-encoded PEM in which +, = and / stay. */
export function headerOf(pem: string): string {
  return encodeURIComponent(pem).replaceAll("%2B", "+").replaceAll("%3D", "=").replaceAll("%2F", "/");
}
