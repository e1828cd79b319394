import { TriageError } from '../errors.ts';

/** The address that health and metrics are to be served at cannot be had. */
export class MonitoringUnavailableError extends TriageError {
  readonly code = 'monitoring_unavailable';
  readonly retryable = false;
}

/** Traces are asked for, and the packages that make them are not installed. */
export class TelemetryMissingError extends TriageError {
  readonly code = 'telemetry_missing';
  readonly retryable = false;
}
