package org.thespis.runtime.settings;

import java.time.Duration;
import java.util.Optional;

/** What an installation says of one action. */
public record ActionOptions(Optional<Duration> timeout, Optional<RoleNames> roles) {}
