// SPDX-License-Identifier: GPL-3.0-or-later
//! What verification found, a line each, with a way to the row.
#pragma once
#include "ledger/audit/finding.h"

#include <QtWidgets/QFrame>

class QVBoxLayout;

namespace tallystick {

/// Hidden while there is nothing but harmless findings.
class FindingsList final : public QFrame
{
    Q_OBJECT
public:
    explicit FindingsList(QWidget* parent = nullptr);
    void show(const QList<Finding>& findings);
    using QWidget::show;

signals:
    void rowWanted(const tallystick::TransactionKey& key);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addLine(const Finding& finding);
    QVBoxLayout* m_lines;
};

} // namespace tallystick
