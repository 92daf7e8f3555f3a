// SPDX-License-Identifier: GPL-3.0-or-later
//! An icon and a word on a tinted pill that can be pressed for more.
#pragma once
#include "ui/shared/theme.h"

#include <QtWidgets/QAbstractButton>

namespace tallystick {

class Badge final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Badge(QWidget* parent = nullptr);
    struct Face
    {
        QString iconName;
        QString text;
        theme::Role role = theme::Role::Secondary;
    };
    void show(const Face& face);
    [[nodiscard]] QSize sizeHint() const override;

    using QAbstractButton::show;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Face m_face;
};

} // namespace tallystick
