# Permissions of a deployment for IAM: the roles of tasks, SageMaker and ECS, by name and within the boundary.
# It can read but not change its own role, the boundary and its policies: a user does this with `make infra-apply`.
locals {
  role  = "arn:aws:iam::${var.account}:role/${local.prefix}"
  roles = ["${local.role}-execution", "${local.role}-sagemaker", "${local.role}-tasks"]

  identities = [
    {
      Sid       = "CreateBoundedRoles"
      Effect    = "Allow"
      Action    = ["iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
      Resource  = local.roles
      Condition = { StringEquals = { "iam:PermissionsBoundary" = var.boundary } }
    },
    {
      Sid    = "ManageRoles"
      Effect = "Allow"
      Action = [
        "iam:DeleteRole",
        "iam:DeleteRolePolicy",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ]
      Resource = local.roles
    },
    {
      Sid    = "ReadRoles"
      Effect = "Allow"
      Action = [
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListInstanceProfilesForRole",
        "iam:ListRolePolicies",
        "iam:ListRoleTags",
      ]
      Resource = concat(local.roles, ["${local.role}-deploy"])
    },
    {
      Sid      = "ReadPolicies"
      Effect   = "Allow"
      Action   = ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyTags", "iam:ListPolicyVersions"]
      Resource = ["arn:aws:iam::${var.account}:policy/${local.prefix}-*"]
    },
    {
      Sid      = "ReadProvider"
      Effect   = "Allow"
      Action   = ["iam:GetOpenIDConnectProvider"]
      Resource = [local.provider]
    },
    {
      Sid       = "PassTaskRoles"
      Effect    = "Allow"
      Action    = ["iam:PassRole"]
      Resource  = ["${local.role}-execution", "${local.role}-tasks"]
      Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
    },
  ]
}
