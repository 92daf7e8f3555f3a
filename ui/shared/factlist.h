// SPDX-License-Identifier: GPL-3.0-or-later
//! Names and values in two aligned columns.
#pragma once
#include "ui/shared/theme.h"

#include <QtWidgets/QWidget>

class QGridLayout;

namespace tallystick {

class FactList final : public QWidget
{
    Q_OBJECT
public:
    struct Fact
    {
        QString name, value;
        bool isId = false; ///< in monospace, elided in the middle, with a button that copies it
        theme::Role role = theme::Role::Text;
    };
    explicit FactList(QWidget* parent = nullptr);
    /// Facts without a value are left out.
    void show(const QList<Fact>& facts);
    using QWidget::show;

private:
    void add(int row, const Fact& fact);
    QGridLayout* m_grid;
};

} // namespace tallystick
