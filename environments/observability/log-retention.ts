/** How long logs are kept, in days: PCI DSS 4.0, 10.5.1, asks for a year of audit logs. */
export const LOG_RETENTION_DAYS = 365;
