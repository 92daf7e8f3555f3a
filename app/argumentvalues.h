// SPDX-License-Identifier: GPL-3.0-or-later
//! Turns the words of a command line into typed values and remembers the first that is wrong.
#pragma once
#include "app/grammar.h"
#include "ledger/core/credits.h"
#include "ledger/core/instant.h"

#include <optional>

namespace tallystick {

/// What is wrong with \a text as a whole number of credits in 64 bits; nothing when it is one.
[[nodiscard]] std::optional<QString> wrongAmount(const QString& text);
/// ISO 8601 or "2026-05-01 14:02:11"; UTC where no zone is given; a date alone is its first
/// instant.
[[nodiscard]] std::optional<Instant> parsedTime(const QString& text);

/// Each call answers a value; when the text is wrong it answers a default and wrong() says what.
class ArgumentValues final
{
public:
    explicit ArgumentValues(const Given& given)
        : m_given(given)
    {
    }

    [[nodiscard]] bool has(const char* option) const;
    [[nodiscard]] QString text(const char* option) const;
    [[nodiscard]] QString positional(qsizetype index) const;
    Credits creditsAt(qsizetype index);
    std::optional<Credits> credits(const char* option);
    struct Range
    {
        qint64 least = 0;
        qint64 most = 0;
    };
    std::optional<qint64> whole(const char* option, Range range);
    std::optional<double> decimal(const char* option, Range range);
    std::optional<Instant> time(const char* option);
    /// The position of the option's value among \a choices, the first when it is not given.
    qsizetype choice(const char* option, const QStringList& choices);
    void complain(const QString& sentence);
    [[nodiscard]] const std::optional<QString>& wrong() const { return m_wrong; }

private:
    const Given& m_given;
    std::optional<QString> m_wrong;
};

} // namespace tallystick
