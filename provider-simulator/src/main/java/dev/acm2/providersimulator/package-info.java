/// A stand-in for the model providers: their wire protocols, with seeded latency, seeded faults and
/// a ledger of every request that arrived. Everything but the sockets and the ledger file is pure.
@NullMarked
package dev.acm2.providersimulator;

import org.jspecify.annotations.NullMarked;
