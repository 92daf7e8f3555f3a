// SPDX-License-Identifier: GPL-3.0-or-later
//! Money: a whole number of credits, 1 credit = 1 US cent.
#pragma once
#include <QtCore/QtGlobal>

#include <compare>
#include <limits>
#include <optional>

namespace tallystick {

/// An amount or a balance in credits. The interface is 64 bits wide; what the ledger stores is
/// 32 bits wide (storedMin..storedMax), and the ledger's rules clamp into that range.
class Credits final
{
public:
    constexpr Credits() = default;
    [[nodiscard]] static constexpr Credits of(qint64 cents) { return Credits(cents); }

    /// The range of the ledger's int4 columns.
    [[nodiscard]] static constexpr Credits storedMax()
    {
        return Credits(std::numeric_limits<qint32>::max());
    }
    [[nodiscard]] static constexpr Credits storedMin()
    {
        return Credits(std::numeric_limits<qint32>::min());
    }

    [[nodiscard]] constexpr qint64 value() const { return m_cents; }
    [[nodiscard]] constexpr bool isNegative() const { return m_cents < 0; }
    [[nodiscard]] constexpr bool isZero() const { return m_cents == 0; }
    [[nodiscard]] constexpr bool fitsStorage() const
    {
        return *this >= storedMin() && *this <= storedMax();
    }

    /// The exact sum, or nothing when it does not fit 64 bits.
    [[nodiscard]] std::optional<Credits> plus(Credits other) const
    {
        qint64 sum = 0;
        if (__builtin_add_overflow(m_cents, other.m_cents, &sum))
            return std::nullopt;
        return Credits(sum);
    }
    /// The exact difference, or nothing when it does not fit 64 bits.
    [[nodiscard]] std::optional<Credits> minus(Credits other) const
    {
        qint64 difference = 0;
        if (__builtin_sub_overflow(m_cents, other.m_cents, &difference))
            return std::nullopt;
        return Credits(difference);
    }
    /// The opposite amount, or nothing for the one value that has none.
    [[nodiscard]] std::optional<Credits> negated() const { return Credits().minus(*this); }

    friend constexpr auto operator<=>(Credits, Credits) = default;

private:
    explicit constexpr Credits(qint64 cents)
        : m_cents(cents)
    {
    }
    qint64 m_cents = 0;
};

} // namespace tallystick
