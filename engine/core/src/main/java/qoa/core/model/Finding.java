package qoa.core.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one evaluation found about a promise.
 *
 * @param kind met, violated or undetermined
 * @param observed the observed value; may be null
 * @param message a text for people; null only where the promise has a constraint
 */
public record Finding(Verdict.Kind kind, JsonNode observed, String message) {}
