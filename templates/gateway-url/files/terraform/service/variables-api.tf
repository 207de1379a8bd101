variable "access" {
  description = "How the function is reached: cloudfront signs each request to it, open lets anyone call its URL, for trials."
  type        = string
  default     = "cloudfront"
  nullable    = false

  validation {
    condition     = contains(["cloudfront", "open"], var.access)
    error_message = "access must be cloudfront or open."
  }
}

variable "price_class" {
  description = "Which of CloudFront's locations answer: PriceClass_100 (North America, Europe), PriceClass_200 (Asia, Africa too) or PriceClass_All."
  type        = string
  default     = "PriceClass_100"
  nullable    = false

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class must be PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}

variable "web_acl_arn" {
  description = "Web ACL of AWS WAF, made for CloudFront, that looks at each request first; null has none."
  type        = string
  default     = null

  validation {
    condition     = var.web_acl_arn == null || can(regex("^arn:[a-z-]+:wafv2:us-east-1:[0-9]{12}:global/webacl/", var.web_acl_arn))
    error_message = "web_acl_arn must be the ARN of a web ACL of WAFv2 with the scope CLOUDFRONT, which lies in us-east-1."
  }

  validation {
    condition     = var.web_acl_arn == null || var.access == "cloudfront"
    error_message = "web_acl_arn needs access cloudfront: nothing stands before an open function URL."
  }
}
