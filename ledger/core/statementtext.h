// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads one SQL statement with named placeholders.
#pragma once
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <variant>

namespace tallystick {

/// As PostgreSQL takes it (manual, "Lexical Structure").
struct StatementText
{
    QString sql;              ///< with $1, $2 … in place of the placeholders, no semicolon
    QStringList placeholders; ///< what these stand for, each name once
};

/// Why a text cannot be a step: what was expected in its place.
struct StatementFlaw
{
    QString expected;
};

/// A placeholder is a colon and a name, outside quotes, comments and dollar quotes, and no cast. A
/// step is exactly one statement that reads or changes rows; what begins, ends or divides a
/// transaction is refused, and so is whatever would change the session.
[[nodiscard]] std::variant<StatementText, StatementFlaw> readStatement(const QString& text);

} // namespace tallystick
