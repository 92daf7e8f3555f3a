// SPDX-License-Identifier: GPL-3.0-or-later
//! Names and numbers, one under the other: what came of the operations of a run.
#pragma once
#include "ledger/stress/live.h"
#include "ui/report/runseries.h"

#include <QtWidgets/QWidget>

namespace tallystick {

struct CountRow
{
    QString name;
    QString value;
    std::optional<Ink> ink; ///< a dab of colour before the name
    bool isDetail = false;  ///< belongs to the row above
};

/// Outcomes that never occurred are left out, but for ok, refused, failed and unknown.
[[nodiscard]] QList<CountRow> countRows(const LiveSnapshot& snapshot);

class CountList final : public QWidget
{
    Q_OBJECT
public:
    explicit CountList(QWidget* parent = nullptr);
    void setRows(const QList<CountRow>& rows);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<CountRow> m_rows;
};

} // namespace tallystick
