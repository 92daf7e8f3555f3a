// SPDX-License-Identifier: GPL-3.0-or-later
//! Finds columns by name, once.
#include "ledger/postgres/statement.h"

#include <QtSql/QSqlRecord>

#include <algorithm>

namespace tallystick::postgres {

QVariant Statement::value(const char* column) const
{
    // The same literal comes from the same place: its address finds it, its text would too.
    const auto known = std::find_if(m_columns.cbegin(), m_columns.cend(),
                                    [column](const auto& entry) { return entry.first == column; });
    if (known != m_columns.cend())
        return m_query.value(known->second);
    const int index = m_query.record().indexOf(QLatin1String(column));
    Q_ASSERT_X(index >= 0, "column", column);
    m_columns.emplace_back(column, index);
    return m_query.value(index);
}

} // namespace tallystick::postgres
