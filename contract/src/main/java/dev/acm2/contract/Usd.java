package dev.acm2.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// An amount of money in US dollars, exact to a billionth of a dollar: prices are per million tokens,
/// so a thousandth of a cent would round single tokens away. Sums are exact in any order.
public record Usd(long nanos) implements Comparable<Usd> {
  public static final Usd ZERO = new Usd(0);
  private static final int SCALE = 9;

  /// Rounds up below a billionth of a dollar: a cost is never shown as less than it is.
  @JsonCreator
  public static Usd of(BigDecimal dollars) {
    return new Usd(dollars.setScale(SCALE, RoundingMode.CEILING).unscaledValue().longValueExact());
  }

  public static Usd of(String dollars) {
    return of(new BigDecimal(dollars));
  }

  public Usd plus(Usd other) {
    return new Usd(Math.addExact(nanos, other.nanos));
  }

  public Usd minus(Usd other) {
    return new Usd(Math.subtractExact(nanos, other.nanos));
  }

  public Usd times(long factor) {
    return new Usd(Math.multiplyExact(nanos, factor));
  }

  public Usd max(Usd other) {
    return nanos >= other.nanos ? this : other;
  }

  @Override
  public int compareTo(Usd other) {
    return Long.compare(nanos, other.nanos);
  }

  /// Dollars without trailing zeros, for example `0.0123`.
  @JsonValue
  public BigDecimal dollars() {
    BigDecimal plain = BigDecimal.valueOf(nanos, SCALE).stripTrailingZeros();
    return plain.scale() < 0 ? plain.setScale(0) : plain;
  }

  @Override
  public String toString() {
    return dollars().toPlainString();
  }
}
