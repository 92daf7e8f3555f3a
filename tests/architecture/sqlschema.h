// SPDX-License-Identifier: GPL-3.0-or-later
//! What the unique keys of a schema are made of.
#pragma once
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace tallystick {

/// A primary key, unique constraint, unique index or exclusion found in SQL text.
struct UniqueKey
{
    QString table; ///< as written, without quotes and schema: "UserBalance"
    QStringList columns;
};

/// The tables made by \a sql, without quotes and schema.
[[nodiscard]] QStringList tablesOf(const QString& sql);

/// Every unique key that \a sql declares: in a column, in a table, by ALTER TABLE or as an index.
[[nodiscard]] QList<UniqueKey> uniqueKeysOf(const QString& sql);

} // namespace tallystick
