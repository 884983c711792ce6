/**
 * Clients of AWS's services, made from the environment's variables in one way for all modules.
 *
 * <p>It is {@link dev.propensity.aws.AwsConnection} alone, and depends on no other module.
 */
@NullMarked
package dev.propensity.aws;

import org.jspecify.annotations.NullMarked;
